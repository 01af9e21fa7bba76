using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Helios.Render;
using Helios.Tests.Support;

namespace Helios.Tests.Render;

internal sealed class TaskIndexTests
{
    [Test]
    [Arguments("HELIOS_CHUNK_INDEX", "3", 3, DisplayName = "neutral")]
    [Arguments("AWS_BATCH_JOB_ARRAY_INDEX", "3", 3, DisplayName = "AWS Batch")]
    [Arguments("JOB_COMPLETION_INDEX", "3", 3, DisplayName = "Kubernetes")]
    [Arguments("BATCH_TASK_INDEX", "3", 3, DisplayName = "Google Cloud Batch")]
    [Arguments("CLOUD_RUN_TASK_INDEX", "0", 0, DisplayName = "Cloud Run")]
    [Arguments("SLURM_ARRAY_TASK_ID", "3", 3, DisplayName = "Slurm")]
    [Arguments("NOMAD_ALLOC_INDEX", "3", 3, DisplayName = "Nomad")]
    [Arguments("CUE_IFRAME", "3", 3, DisplayName = "OpenCue")]
    [Arguments("PBS_ARRAY_INDEX", "3", 3, DisplayName = "PBS Pro")]
    [Arguments("PBS_ARRAYID", "3", 3, DisplayName = "TORQUE")]
    [Arguments("LSB_JOBINDEX", "3", 2, DisplayName = "LSF counts from 1")]
    [Arguments("SGE_TASK_ID", "1", 0, DisplayName = "Grid Engine counts from 1")]
    [Arguments("SLURM_ARRAY_TASK_ID", "9999999", 9_999_999, DisplayName = "last index")]
    [Arguments("SLURM_ARRAY_TASK_ID", "007", 7, DisplayName = "leading zeros")]
    public async Task The_index_is_read_from_the_variable_of_each_engine(string variable, string value, int index) =>
        await Assert.That(Find((variable, value))).IsEqualTo((index, variable));

    [Test]
    [Arguments("LSB_JOBINDEX", "0", DisplayName = "LSF outside an array")]
    [Arguments("SGE_TASK_ID", "undefined", DisplayName = "Grid Engine outside an array")]
    [Arguments("AWS_BATCH_JOB_ARRAY_INDEX", "", DisplayName = "empty")]
    [Arguments("PATH", "3", DisplayName = "another variable")]
    public async Task Outside_an_array_there_is_no_index(string variable, string value) =>
        await Assert.That(Find((variable, value))).IsNull();

    [Test]
    public async Task The_neutral_variable_wins() =>
        await Assert
            .That(Find(("HELIOS_CHUNK_INDEX", "5"), ("SLURM_ARRAY_TASK_ID", "1"), ("PBS_ARRAYID", "2")))
            .IsEqualTo((5, "HELIOS_CHUNK_INDEX"));

    [Test]
    public async Task Two_engines_may_agree() =>
        await Assert.That(Find(("JOB_COMPLETION_INDEX", "4"), ("LSB_JOBINDEX", "5"))).IsEqualTo((4, "JOB_COMPLETION_INDEX"));

    [Test]
    public async Task Two_engines_that_disagree_are_named() =>
        await Assert
            .That(Refusal.TextOf(() => Find(("AWS_BATCH_JOB_ARRAY_INDEX", "4"), ("SGE_TASK_ID", "4"))))
            .IsEqualTo(
                "64: AWS_BATCH_JOB_ARRAY_INDEX says chunk 4, but SGE_TASK_ID says chunk 3 (environment); set HELIOS_CHUNK_INDEX or --index to the one that is meant"
            );

    [Test]
    [Arguments("HELIOS_CHUNK_INDEX", "x", "64: \"x\" is not an index (HELIOS_CHUNK_INDEX); give a whole number from 0",
        DisplayName = "text")]
    [Arguments("HELIOS_CHUNK_INDEX", "-1", "64: \"-1\" is not an index (HELIOS_CHUNK_INDEX); give a whole number from 0",
        DisplayName = "negative")]
    [Arguments("SLURM_ARRAY_TASK_ID", "1.5", "64: \"1.5\" is not an index (SLURM_ARRAY_TASK_ID); give a whole number from 0",
        DisplayName = "decimal")]
    [Arguments("SLURM_ARRAY_TASK_ID", " 1", "64: \" 1\" is not an index (SLURM_ARRAY_TASK_ID); give a whole number from 0",
        DisplayName = "blank")]
    [Arguments("SLURM_ARRAY_TASK_ID", "10000000", "64: \"10000000\" is not an index (SLURM_ARRAY_TASK_ID); give a whole number from 0",
        DisplayName = "beyond the last")]
    [Arguments("SGE_TASK_ID", "0", "64: \"0\" is not an index (SGE_TASK_ID); give a whole number from 1",
        DisplayName = "0 where tasks count from 1")]
    [Arguments("LSB_JOBINDEX", "none", "64: \"none\" is not an index (LSB_JOBINDEX); give a whole number from 1",
        DisplayName = "unknown word")]
    public async Task A_value_that_is_no_index_is_refused(string variable, string value, string refusal) =>
        await Assert.That(Refusal.TextOf(() => Find((variable, value)))).IsEqualTo(refusal);

    [Test]
    public async Task The_option_wins_over_every_variable() =>
        await Assert.That(FindChunk("2", ("HELIOS_CHUNK_INDEX", "5"), ("HELIOS_CHUNKS_PER_TASK", "8"))).IsEqualTo((2, "--index"));

    [Test]
    public async Task Without_option_or_variable_there_is_no_index() =>
        await Assert.That(FindChunk(null)).IsEqualTo((null, ""));

    [Test]
    [Arguments("1", DisplayName = "one")]
    [Arguments("", DisplayName = "empty")]
    public async Task A_task_of_one_chunk_tells_its_chunk(string perTask) =>
        await Assert
            .That(FindChunk(null, ("HELIOS_CHUNKS_PER_TASK", perTask), ("BATCH_TASK_INDEX", "6")))
            .IsEqualTo((6, "BATCH_TASK_INDEX"));

    [Test]
    public async Task A_task_of_several_chunks_does_not_tell_which() =>
        await Assert
            .That(Refusal.TextOf(() => FindChunk(null, ("HELIOS_CHUNKS_PER_TASK", "8"), ("BATCH_TASK_INDEX", "6"))))
            .IsEqualTo(
                "64: HELIOS_CHUNKS_PER_TASK is 8, so the task has several chunks, and one is shown at a time (environment); say which with --index"
            );

    [Test]
    [Arguments("x", DisplayName = "text")]
    [Arguments("-1", DisplayName = "negative")]
    [Arguments("", DisplayName = "empty")]
    [Arguments("1e3", DisplayName = "exponent")]
    public async Task An_option_that_is_no_index_is_refused(string value) =>
        await Assert
            .That(Refusal.TextOf(() => FindChunk(value)))
            .IsEqualTo($"64: \"{value}\" is not an index (--index); give a whole number from 0");

    private static (int, string)? Find(params (string Name, string Value)[] variables) => TaskIndex.Find(EnvironmentOf(variables));

    private static (int?, string) FindChunk(string? option, params (string Name, string Value)[] variables) =>
        TaskIndex.FindChunk(option, EnvironmentOf(variables));

    private static Func<string, string?> EnvironmentOf((string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string?>();
        foreach (var (name, value) in variables) environment.Add(name, value);
        return name => environment.GetValueOrDefault(name);
    }
}
