using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Helios.Adapters;
using Helios.Adapters.Engines;
using Helios.Cli.Options;
using Helios.Jobs;
using Helios.Tests.Support;
using static Helios.Tests.Adapters.AdapterLimitsTests;

namespace Helios.Tests.Adapters;

/// <summary>Volumes, machines and documents that an engine does not have are refused when a document is written.</summary>
internal sealed class AdapterRefusalTests
{
    public static IEnumerable<TestDataRow<(string Engine, int Chunks, object Arguments, string Refusal)>> Refused()
    {
        // volumes and machines
        yield return Row("cloud-run", 4, new() { Cpus = "3" }, "Cloud Run has no size with 3 CPUs (--cpus); use 1, 2, 4, 6 or 8");
        yield return Row(
            "cloud-run",
            4,
            new() { Cpus = "2", Memory = "9G" },
            "Cloud Run has no size with 2 CPUs and 9216 MiB (--memory); with 2 CPUs use 512M to 8192M");
        yield return Row(
            "cloud-run",
            4,
            new() { Volume = "bucket", OtherVolume = "10.0.0.2:/x" },
            "--bucket and --nfs exclude each other (command line); give one of them");
        yield return Row(
            "cloud-run",
            4,
            new() { OtherVolume = "10.0.0.2" },
            "\"10.0.0.2\" is not an NFS export (--nfs); give SERVER:/PATH");
        yield return Row(
            "nomad",
            4,
            new() { Volume = "spots", OtherVolume = "efs" },
            "--host-volume and --csi-volume exclude each other (command line); give one of them");
        yield return Row(
            "nomad",
            4,
            new() { JobPath = "/data/${meta.x}" },
            "\"/data/${meta.x}\" holds ${, which Nomad would replace (--job-path); use a path without it");
        yield return Row(
            "aws-batch",
            4,
            new() { Arch = "arm64" },
            "on EC2 the compute environment decides the architecture (--arch); use a queue whose compute environment has machines of one architecture, or --platform fargate"
        );
        yield return Row(
            "gcp-batch",
            4,
            new() { Arch = "arm64", MachineType = "e2-standard-8" },
            "machines of type e2-standard-8 have amd64 processors (--arch); leave one of --arch and --machine-type out");
        yield return Row(
            "gcp-batch",
            4,
            new() { Arch = "amd64", MachineType = "t2a-standard-8" },
            "machines of type t2a-standard-8 have arm64 processors (--arch); leave one of --arch and --machine-type out");
        yield return Row(
            "gcp-batch",
            4,
            new() { Arch = "arm64", Cpus = "80" },
            "no arm64 machine of type c4a has 80 CPUs and 8192 MiB (--arch); give fewer --cpus or less --memory");
        yield return Row(
            "aws-batch",
            4,
            new() { Volume = "fs-1", Document = "definition" },
            "\"fs-1\" is not an EFS file system (--efs); give an id such as fs-0123456789abcdef0, or fs-…:/directory");
        yield return Row(
            "aws-batch",
            4,
            new() { Volume = "fs-0123456789abcdef0", OtherVolume = "/mnt" },
            "--efs and --host-path exclude each other (command line); give one of them");
        yield return Row(
            "aws-batch",
            4,
            new() { Platform = "fargate" },
            "Fargate needs a role that pulls the image and writes the log (--execution-role); give its ARN");
        yield return Row(
            "aws-batch",
            4,
            new() { Platform = "farget" },
            "\"farget\" is not a platform of AWS Batch (did you mean \"fargate\"?) (--platform); use ec2 or fargate");
        yield return Row("aws-batch", 4, Fargate("3", "8G"), "Fargate has no size with 3 CPUs (--cpus); use 1, 2, 4, 8 or 16");
        yield return Row(
            "aws-batch",
            4,
            Fargate("4", "7G"),
            "Fargate has no size with 4 CPUs and 7168 MiB (--memory); with 4 CPUs use 8G to 30G in steps of 1G");
        yield return Row(
            "aws-batch",
            4,
            Fargate("8", "18G"),
            "Fargate has no size with 8 CPUs and 18432 MiB (--memory); with 8 CPUs use 16G to 60G in steps of 4G");
        yield return Row(
            "gcp-batch",
            4,
            new() { Volume = "bucket", OtherVolume = "10.0.0.2:/x" },
            "--bucket and --nfs exclude each other (command line); give one of them");
        yield return Row(
            "gcp-batch",
            4,
            new() { OtherVolume = "10.0.0.2" },
            "\"10.0.0.2\" is not an NFS export (--nfs); give SERVER:/PATH");
        yield return Row(
            "kubernetes",
            4,
            new() { Volume = "My Claim" },
            "\"My Claim\" is not a name of a PersistentVolumeClaim (--claim); give 1 to 253 of a-z, 0-9, - and .");
        yield return Row(
            "kubernetes",
            4,
            new() { Mount = "/a:b" },
            "\"/a:b\" holds a colon, which Kubernetes refuses in a mount path (--mount); use another directory");
        yield return Row(
            "kubernetes",
            4,
            new() { Place = "Video" },
            "\"Video\" is not a namespace (--namespace); give 1 to 63 of a-z, 0-9 and -");
        yield return Row(
            "argo",
            4,
            new() { NodeSelector = "pool=a,kubernetes.io/arch=arm64" },
            "kubernetes.io/arch is given already (--node-selector); use --arch");
        yield return Row(
            "argo",
            4,
            new() { NodeSelector = "pool" },
            "\"pool\" is not a label of nodes (--node-selector); give key=value, several with commas between");

        // documents
        yield return Row(
            "slurm",
            4,
            new() { Document = "chunk" },
            "there is no document \"chunk\" (did you mean \"chunks\"?) (--document); use all, chunks or merge");
        yield return Row(
            "kubernetes",
            4,
            new() { Document = "merge", IsJobSet = true },
            "--jobset is one document (--document); leave one of them out");
        yield return Row(
            "github-actions",
            4,
            new() { JobPath = "/srv/job.json" },
            "\"/srv/job.json\" is absolute, and a runner's checkout is not there (--job-path); give a path in the repository");
        yield return Row(
            "openjd",
            4,
            new() { JobPath = "/" + new string('p', 1100) },
            "1101 is more than the 1024 characters of an Open Job Description parameter (--job-path); use a shorter path");
    }

    [Test]
    [MethodDataSource(nameof(Refused))]
    public async Task What_an_engine_cannot_take_is_64_with_the_value_and_the_way_out(
        (string Engine, int Chunks, object Arguments, string Refusal) row) => await AdapterEngines.CheckAsync(row);

    private static AdapterArguments Fargate(string cpus, string memory) =>
        new()
        {
            Platform = "fargate",
            ExecutionRole = "arn:aws:iam::1:role/x",
            Cpus = cpus,
            Memory = memory,
        };
}
