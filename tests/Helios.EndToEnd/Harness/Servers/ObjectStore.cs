using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Core.Interfaces;

namespace Helios.EndToEnd.Harness.Servers;

/// <summary>Servers of object stores on this machine: s3rver speaks S3, azurite speaks Azure Blob Storage.</summary>
public sealed class ObjectStore : IAsyncInitializer, IAsyncDisposable
{
    /// <summary>The account that azurite has, whose key its documentation prints.</summary>
    private const string AzureAccount = "devstoreaccount1";
    private const string AzureKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly TestDirectory _data = new("data");
    private Process? _s3;
    private Process? _azure;
    private int _s3Port;
    private int _azurePort;

    /// <summary>Where s3rver keeps the objects of its bucket <c>spots</c>.</summary>
    private string S3Data => _data.PathOf("s3");

    public async Task InitializeAsync()
    {
        Tool.Require("node", "nodejs");
        Tool.Require("aws", "awscli");
        Tool.Require("rclone", "rclone");
        string modules = Path.Combine(Repository.Project, "node", "node_modules");
        foreach (string name in (string[])["s3rver", "azurite"])
        {
            if (!Directory.Exists(Path.Combine(modules, name)))
            {
                throw new InvalidOperationException(
                    $"{name} is not installed: run npm ci --prefix {Path.GetDirectoryName(modules)}, or ./test.sh, which does");
            }
        }

        (_s3Port, _azurePort) = FindPorts();
        _s3 = new ProcessRun(
            "node",
            [
                Path.Combine(modules, "s3rver", "bin", "s3rver.js"),
                "--directory", S3Data, "--port", $"{_s3Port}", "--silent", "--configure-bucket", "spots",
            ]
        ).Start(outlivesTest: true);
        _azure = new ProcessRun(
            "node",
            [
                Path.Combine(modules, "azurite", "dist", "src", "blob", "main.js"),
                "--location",
                _data.CreateFolder("azure"),
                "--blobPort", $"{_azurePort}", "--silent", "--skipApiVersionCheck",
            ]
        ).Start(outlivesTest: true);
        await WaitForAsync(_s3Port);
        await WaitForAsync(_azurePort);
        (await WithStores(new ProcessRun("rclone", ["mkdir", "azure:spots"]), _data)).Succeeded();
    }

    /// <summary>
    /// A process that is signed in to both: aws by a program of that name, since releases before 2.13 take an endpoint as an option only.
    /// </summary>
    internal ProcessRun WithStores(ProcessRun run, TestDirectory tools)
    {
        string folder = tools.CreateFolder("../bin");
        string aws = Path.Combine(folder, "aws");
        string path = Environment.GetEnvironmentVariable("PATH")!;
        if (!File.Exists(aws))
            _ = ProgramFile.Write(aws, $"#!/bin/sh\nPATH='{path}' exec aws --endpoint-url http://127.0.0.1:{_s3Port} \"$@\"\n");

        return run.WithEnvironment("PATH", folder + ":" + path)
            .WithEnvironment("AWS_ACCESS_KEY_ID", "S3RVER")
            .WithEnvironment("AWS_SECRET_ACCESS_KEY", "S3RVER")
            .WithEnvironment("AWS_DEFAULT_REGION", "us-east-1")
            .WithEnvironment("AWS_CA_BUNDLE", "")
            .WithEnvironment("RCLONE_CONFIG", Path.Combine(folder, "rclone.conf"))
            .WithEnvironment("RCLONE_CONFIG_SEEN_TYPE", "s3")
            .WithEnvironment("RCLONE_CONFIG_SEEN_PROVIDER", "Other")
            .WithEnvironment("RCLONE_CONFIG_SEEN_ACCESS_KEY_ID", "S3RVER")
            .WithEnvironment("RCLONE_CONFIG_SEEN_SECRET_ACCESS_KEY", "S3RVER")
            .WithEnvironment("RCLONE_CONFIG_SEEN_ENDPOINT", $"http://127.0.0.1:{_s3Port}")
            .WithEnvironment("RCLONE_CONFIG_SEEN_FORCE_PATH_STYLE", "true")
            .WithEnvironment("RCLONE_CONFIG_AZURE_TYPE", "azureblob")
            .WithEnvironment("RCLONE_CONFIG_AZURE_ACCOUNT", AzureAccount)
            .WithEnvironment("RCLONE_CONFIG_AZURE_KEY", AzureKey)
            .WithEnvironment("RCLONE_CONFIG_AZURE_USE_EMULATOR", "true")
            .WithEnvironment("RCLONE_CONFIG_AZURE_ENDPOINT", $"http://127.0.0.1:{_azurePort}/{AzureAccount}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Process? server in (Process?[])[_s3, _azure])
        {
            if (server is null) continue;
            if (!server.HasExited) server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }

        _data.Dispose();
    }

    private static (int, int) FindPorts()
    {
        using TcpListener one = new(IPAddress.Loopback, 0), other = new(IPAddress.Loopback, 0);
        one.Start();
        other.Start();
        return (((IPEndPoint)one.LocalEndpoint).Port, ((IPEndPoint)other.LocalEndpoint).Port);
    }

    private static async Task WaitForAsync(int port)
    {
        bool isThere = await Pace.WaitAsync(() =>
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
        if (!isThere) throw new InvalidOperationException($"no server answers at port {port}");
    }
}
