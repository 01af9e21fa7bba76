using System;
using Helios.Errors;
using Helios.Os.Processes;
using Helios.Transfer.Programs;

namespace Helios.Transfer;

/// <summary>Finds the program for a store.</summary>
internal static class TransferFinder
{
    internal const string Variable = "HELIOS_TRANSFER";

    private const string Others = "; or name a program of yours with --transfer (docs/buckets.md)";

    /// <summary>The program that the user names; null for the usual one of the store.</summary>
    /// <param name="option">Value of <c>--transfer</c>, or null.</param>
    internal static string? Named(string? option) =>
        option ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value ? value : null);

    /// <exception cref="HeliosException">69: it is not installed.</exception>
    internal static TransferProgram Find(StoreUrl url, string? option)
    {
        if (Named(option) is not null)
            return new OwnProgram(ProgramFinder.Find(option, "--transfer", Variable, [], "check the path and that it is executable"));
        return url.Kind switch
        {
            StoreKind.S3 => new AwsCli(Find("aws", "install the AWS CLI (apt-get install awscli) and sign in with aws configure")),
            StoreKind.Google => new GcloudCli(Find("gcloud",
                "install the Google Cloud CLI (https://cloud.google.com/sdk/docs/install) and sign in with gcloud auth login")),
            StoreKind.Azure => FindAzure(),
            StoreKind.Rclone => new Rclone(Find("rclone",
                "install rclone (apt-get install rclone) and set the remote up with rclone config")),
            _ => throw new HeliosException(ExitCode.Usage, "no program is known for this store", url.Text,
                "name a program of yours with --transfer"),
        };
    }

    /// <summary>azcopy copies in parallel and leaves out what is not wanted; az comes with more images.</summary>
    private static TransferProgram FindAzure() => ProgramFinder.FindOnPath("azcopy") is string path
        ? new AzCopy(path)
        : new AzureCli(Find("az", "install azcopy (https://aka.ms/azcopy) or the Azure CLI (apt-get install azure-cli), and sign in"));

    private static string Find(string name, string fix) => ProgramFinder.FindOnPath(name)
        ?? throw new HeliosException(ExitCode.Unavailable, $"there is no program \"{name}\"", "PATH", fix + Others);
}
