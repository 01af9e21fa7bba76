using System;
using System.IO;
using System.Threading.Tasks;
using TUnit.Core.Interfaces;

namespace Helios.EndToEnd.Harness.Programs;

/// <summary>The published helios of this machine: the only thing that these tests know of the program.</summary>
public sealed class NativeBinary : IAsyncInitializer
{
    public string Path { get; private set; } = "";

    public Task InitializeAsync()
    {
        Path = Repository.Published(Repository.HostRid);
        return Task.CompletedTask;
    }

    public ProcessRun Run(params string[] arguments) => new(Path, [.. arguments]);

    /// <summary>A script of <c>/bin/sh</c> that finds <c>helios</c> on PATH; arguments are <c>$1</c> and so on.</summary>
    public ProcessRun RunScript(string script, params string[] arguments) =>
        new ProcessRun("/bin/sh", ["-c", script, "sh", .. arguments]).WithEnvironment("PATH", PathWithHelios);

    /// <summary>
    /// As a user for whom file modes hold: root may write everywhere. The binary is copied, since that user may be
    /// unable to enter the checkout.
    /// </summary>
    public ProcessRun RunAsOrdinaryUser(TestDirectory tools, params string[] arguments)
    {
        if (!Environment.IsPrivilegedProcess) return Run(arguments);

        Tool.Require("setpriv", "util-linux");
        string copy = tools.PathOf("helios");
        if (!File.Exists(copy)) ProgramFile.Copy(Path, copy);
        return new ProcessRun(copy, [.. arguments]).Under("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
    }

    private string PathWithHelios => $"{System.IO.Path.GetDirectoryName(Path)}:{Environment.GetEnvironmentVariable("PATH")}";
}
