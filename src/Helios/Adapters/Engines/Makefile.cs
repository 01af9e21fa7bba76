using System;
using System.Globalization;
using System.Text;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Render;

namespace Helios.Adapters.Engines;

/// <summary>
/// GNU make, one machine: a target for each task and the merge. Source: GNU make manual, sections 4.6, 4.12, 5.1, 5.5, 5.8 and 6.8. Targets
/// of chunks are stamps, not chunk files: make cannot name files with blanks or colons. Stamps are named after the plan, so that another
/// plan does not find them. Targets of rows are no files at all: receipts say which rows are complete, and no name says which plan a batch
/// is. Left out: load limits (<c>make -l</c> has them).
/// </summary>
internal static class Makefile
{
    private const int DigestCharacters = 12;
    private const int TasksALine = 8;

    private const string KeepGoing = """
        # a row that fails does not end the others
        MAKEFLAGS += -k

        """;

    private const string OfChunks = """

        .PHONY: all clean
        all: $(STAMPS)/merged

        clean:
        	rm -rf $(STAMPS)

        """;

    private const string OfRows = """

        .PHONY: all
        all: $(TASKS)

        .PHONY: $(TASKS)
        $(TASKS): task-%:
        	@$(call retry,$(render),:)

        """;

    // the merge finds chunks that are missing or wrong: without their stamps the next make renders them
    private const string ChunksAndMerge = """

        $(STAMPS)/merged: $(TASKS)
        	@$(call retry,$(merge),rm -rf $(STAMPS))
        	@touch $@

        $(TASKS): $(STAMPS)/task-%:
        	@mkdir -p $(@D)
        	@$(call retry,$(render),:)
        	@touch $@

        """;

    internal static string Write(AdapterJob job, AdapterOptions options)
    {
        TaskPlan plan = TaskPlan.Make(job.ChunkCount, options, ChunkPlan.MaxChunks, "chunks of a job");
        var text = new StringBuilder();
        string cleanUp = job.IsBatch ? "" : ". clean up: make clean, which removes the stamps";
        text.Append(CultureInfo.InvariantCulture, $"""
            # {job.Title}: {TaskCommand.Describe(job, plan)}. Run it with make -j2 for two tasks at once.
            # cancel: Ctrl-C; the next make continues{cleanUp}
            SHELL := /bin/sh

            """);
        if (job.IsBatch) text.Append(KeepGoing);
        else text.Append(CultureInfo.InvariantCulture, $"STAMPS := {StampsOf(job, plan)}\n");
        Define("render", string.Create(CultureInfo.InvariantCulture, $"{TaskIndex.Neutral}=$* {TaskIndex.ChunksPerTask}={plan.PerTask} ")
            + Escape(ShellScript.Task(job, options, TaskCommand.Of(job.Step))));
        if (!job.IsBatch) Define("merge", Escape(ShellScript.Task(job, options, TaskCommand.Merge)));
        text.Append("\n# $(1) again while its exit code says that this can help; before giving up, $(2)");
        Define("retry", RetryRecipe(options));
        if (!job.IsBatch) text.Append(OfChunks);
        text.Append("\nTASKS :=");
        for (int i = 0; i < plan.Count; i++)
        {
            text.Append(i > 0 && i % TasksALine == 0 ? " \\\n  " : " ");
            text.Append(CultureInfo.InvariantCulture, $"{(job.IsBatch ? "" : "$(STAMPS)/")}task-{i}");
        }

        return text.Append('\n').Append(job.IsBatch ? OfRows : ChunksAndMerge).ToString();

        void Define(string name, string recipe) => text.Append(CultureInfo.InvariantCulture, $"\ndefine {name}\n{recipe}\nendef\n");
    }

    private static string StampsOf(AdapterJob job, TaskPlan plan)
    {
        string digest = JobJson.DigestOf(job.Spec)["sha256:".Length..][..DigestCharacters];
        return string.Create(CultureInfo.InvariantCulture, $".helios/{job.Spec.JobId}-{digest}-{plan.Chunks}-{plan.PerTask}");
    }

    /// <summary>The loop as one recipe line, since make runs each line in a separate shell.</summary>
    private static string RetryRecipe(AdapterOptions options) =>
        Escape(ShellScript.OnOneLine(ShellScript.Retry("\u0001", options.RetriesOrDefault, "\u0002"), " \\\n  "))
            .Replace("\u0001", "$(1)", StringComparison.Ordinal).Replace("\u0002", "$(2)", StringComparison.Ordinal);

    private static string Escape(string script) => script.Replace("$", "$$", StringComparison.Ordinal);
}
