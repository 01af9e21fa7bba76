using System;
using System.Buffers;
using Helios.Adapters.Document;
using Helios.Errors;

namespace Helios.Adapters.Engines;

/// <summary>
/// Differences between AWS Batch on EC2 and on Fargate. Source: AWS Batch API reference, ResourceRequirement and
/// FargatePlatformConfiguration.
/// </summary>
internal static class AwsPlatform
{
    /// <summary>A size of Fargate: vCPUs, and memory from least to most in steps, in GiB.</summary>
    private readonly record struct Size(int Cpus, int Least, int Most, int Step);

    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdef");

    private static readonly Size[] s_sizes = [new(1, 2, 8, 1), new(2, 4, 16, 1), new(4, 8, 30, 1), new(8, 16, 60, 4), new(16, 32, 120, 8)];

    /// <summary>Whether tasks run on Fargate.</summary>
    /// <exception cref="HeliosException">64: not a platform, or options that the platform does not support.</exception>
    internal static bool Check(AdapterOptions options)
    {
        if (options.Platform is null or "ec2")
        {
            EngineLimits.ThrowUnless(options.Arch is null, "on EC2 the compute environment decides the architecture", "--arch",
                "use a queue whose compute environment has machines of one architecture, or --platform fargate");
            return false;
        }

        if (options.Platform != "fargate")
        {
            throw new HeliosException(ExitCode.Usage,
                $"\"{options.Platform}\" is not a platform of AWS Batch{NearestName.Hint(options.Platform, ["ec2", "fargate"])}",
                "--platform", "use ec2 or fargate");
        }

        EngineLimits.ThrowUnless(options.ExecutionRole is not null, "Fargate needs a role that pulls the image and writes the log",
            "--execution-role",
            "give its ARN");
        EngineLimits.ThrowUnless(options.OtherVolume is null, "Fargate has no host whose directory could be mounted",
            "--host-path", "use --efs");

        int index = Array.FindIndex(s_sizes, size => size.Cpus == options.Cpus);
        EngineLimits.ThrowUnless(index >= 0, $"Fargate has no size with {options.Cpus} CPUs", "--cpus", "use 1, 2, 4, 8 or 16");
        Size size = s_sizes[index];
        int memory = options.MemoryMiB / 1024;
        EngineLimits.ThrowUnless(
            options.MemoryMiB % 1024 == 0 && memory >= size.Least && memory <= size.Most && (memory - size.Least) % size.Step == 0,
            $"Fargate has no size with {options.Cpus} CPUs and {options.MemoryMiB} MiB", "--memory",
            $"with {size.Cpus} CPUs use {size.Least}G to {size.Most}G in steps of {size.Step}G");
        return true;
    }

    /// <summary>The shared volume, or null when tasks have none.</summary>
    internal static MapNode? Volume(AdapterOptions options)
    {
        EngineLimits.ThrowUnless(options.Volume is null || options.OtherVolume is null, "--efs and --host-path exclude each other",
            "command line",
            "give one of them");
        if (options.OtherVolume is string path) return new MapNode { ["name"] = "work", ["host"] = new MapNode { ["sourcePath"] = path } };
        if (options.Volume is not string volume) return null;

        int colon = volume.IndexOf(':', StringComparison.Ordinal);
        string id = colon < 0 ? volume : volume[..colon];
        EngineLimits.ThrowUnless(IsFileSystem(id) && (colon < 0 || volume.AsSpan(colon + 1).StartsWith("/")),
            $"\"{volume}\" is not an EFS file system", "--efs", "give an id such as fs-0123456789abcdef0, or fs-…:/directory");
        return new MapNode
        {
            ["name"] = "work",
            ["efsVolumeConfiguration"] = new MapNode
            {
                ["fileSystemId"] = id,
                ["rootDirectory"] = colon < 0 ? null : volume[(colon + 1)..],
                ["transitEncryption"] = "ENABLED",
            },
        };
    }

    private static bool IsFileSystem(string id) =>
        id.StartsWith("fs-", StringComparison.Ordinal) && id.Length is >= 11 and <= 43 && !id.AsSpan(3).ContainsAnyExcept(s_hexDigits);
}
