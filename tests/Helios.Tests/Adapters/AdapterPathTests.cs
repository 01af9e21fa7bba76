using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Helios.Adapters;
using Helios.Adapters.Engines;
using Helios.Cli.Options;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Tests.Support;

namespace Helios.Tests.Adapters;

/// <summary>Paths of a job in documents of engines: what tasks cannot reach is refused.</summary>
internal sealed class AdapterPathTests
{
    [Test]
    [Arguments("out/f_%05d.png", "out/f_[0-9]*.png")]
    [Arguments("out/%d.png", "out/[0-9]*.png")]
    [Arguments("out/100%d.gif", "out/100%d.gif")]
    public async Task An_image_sequence_is_an_artifact_of_all_its_files(string output, string path)
    {
        AdapterJob job = AdapterEngines.NewJob(4);

        await Assert
            .That(GitHubActions.Write(job with { Spec = job.Spec with { Output = output } }, new AdapterArguments().ToOptions()))
            .Contains($"path: \"{path}\"\n");
    }

    [Test]
    [Arguments("github-actions", "GitHub Actions")]
    [Arguments("openjd", "Open Job Description")]
    [Arguments("azure-batch", "Azure Batch")]
    public async Task Where_files_travel_paths_of_one_machine_are_refused(string engine, string name) =>
        await Assert
            .That(Refusal.TextOf(() => AdapterEngines.All[engine](Absolute(), new AdapterArguments().ToOptions())))
            .IsEqualTo(
                $"64: the job's paths are those of one machine (/srv/spots/out.mp4), and tasks of {name} find their files elsewhere (job.json); plan it with export-job --portable"
            );

    [Test]
    [Arguments("kubernetes", null, null)]
    [Arguments("argo", null, null)]
    [Arguments("aws-batch", "fs-0123456789abcdef0", null)]
    [Arguments("gcp-batch", null, "10.0.0.2:/x")]
    public async Task A_job_that_writes_outside_of_the_shared_volume_is_refused(string engine, string? volume, string? other)
    {
        string mount = engine == "gcp-batch" ? "/mnt/disks/work" : "/data";
        var arguments = new AdapterArguments { Volume = volume, OtherVolume = other };

        await Assert
            .That(Refusal.TextOf(() => AdapterEngines.All[engine](Absolute(), arguments.ToOptions())))
            .IsEqualTo(
                $"64: the job writes /srv/spots/out.mp4, but tasks share only what is mounted at {mount} (--mount); plan it with --portable, or mount the volume where the job's files are"
            );
        await Assert
            .That(
                AdapterEngines.All[engine](
                    Absolute(),
                    new AdapterArguments
                    {
                        Volume = volume,
                        OtherVolume = other,
                        Mount = "/srv/spots",
                    }.ToOptions()))
            .Contains("/srv/spots/job.json");
    }

    [Test]
    public async Task Sound_files_must_be_shared_too()
    {
        AdapterJob job = AdapterEngines.NewJob(2);
        RenderOptions render = job.Spec.RenderOptions with
        {
            Audio =
            [
                new AudioTrack { File = "music.mp3", Digest = Specs.Digest },
                new AudioTrack { File = "/home/me/voice.wav", Digest = Specs.Digest },
            ],
        };
        AdapterJob withSound = job with { Spec = job.Spec with { RenderOptions = render } };

        await Assert
            .That(Refusal.TextOf(() => Kubernetes.Write(withSound, new AdapterArguments().ToOptions())))
            .StartsWith("64: the job reads /home/me/voice.wav, but tasks share only what is mounted at /data");
        await Assert
            .That(Refusal.TextOf(() => GitHubActions.Write(withSound, new AdapterArguments().ToOptions())))
            .StartsWith("64: the job's paths are those of one machine (/home/me/voice.wav)");
    }

    private static AdapterJob Absolute()
    {
        JobSpec spec = Specs.Read(Specs.Text).Spec!;
        return new AdapterJob(spec, 3, HasUsualChunkFiles: true, "job.json");
    }
}
