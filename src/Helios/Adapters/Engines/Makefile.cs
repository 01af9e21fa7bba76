using System;
using System.Globalization;
using System.Text;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Render;

namespace Helios.Adapters.Engines;

/// <summary>
/// GNU make, one machine: a target for each task and the merge. Source: GNU make manual, sections 4.6, 5.1, 5.8 and 6.8. Targets
/// are stamps, not chunk files: make cannot name files with blanks or colons. Stamps are named after the plan, so that another plan
/// does not find them. Left out: load limits (<c>make -l</c> has them).
/// </summary>
internal static class Makefile
{
    private const int DigestCharacters = 12;
    private const int StampsALine = 8;

    internal static string Write(AdapterJob job, AdapterOptions options)
    {
        TaskPlan plan = TaskPlan.Make(job.ChunkCount, options, ChunkPlan.MaxChunks, "chunks of a job");
        string digest = JobJson.DigestOf(job.Spec)["sha256:".Length..][..DigestCharacters];
        string program = Escape(ShellScript.Command(options.Program));
        string path = Escape(ShellScript.Command(job.LocalPath(options)));
        string merge = Escape(ShellScript.Task(job, options, TaskCommand.Merge));
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $$"""
            # helios job {{job.Spec.JobId}}: {{TaskCommand.Describe(plan)}}, then the merge. Run it with make -j2 for two tasks at once.
            # cancel: Ctrl-C; the next make continues. clean up: make clean, which removes the stamps
            SHELL := /bin/sh
            STAMPS := .helios/{{job.Spec.JobId}}-{{digest}}-{{plan.Chunks}}-{{plan.PerTask}}

            define render
            {{TaskIndex.Neutral}}=$* {{TaskIndex.ChunksPerTask}}={{plan.PerTask}} {{program}} render-chunk {{path}}
            endef

            define merge
            {{merge}}
            endef

            # $(1) again while its exit code says that this can help; before giving up, $(2)
            define retry
            {{RetryRecipe(options)}}
            endef

            .PHONY: all clean
            all: $(STAMPS)/merged

            clean:
            	rm -rf $(STAMPS)

            TASKS :=
            """));
        for (int i = 0; i < plan.Count; i++)
        {
            text.Append(i > 0 && i % StampsALine == 0 ? " \\\n  " : " ");
            text.Append(CultureInfo.InvariantCulture, $"$(STAMPS)/task-{i}");
        }

        // the merge finds chunks that are missing or wrong: without their stamps the next make renders them
        text.Append("""


            $(STAMPS)/merged: $(TASKS)
            	@$(call retry,$(merge),rm -rf $(STAMPS))
            	@touch $@

            $(TASKS): $(STAMPS)/task-%:
            	@mkdir -p $(@D)
            	@$(call retry,$(render),:)
            	@touch $@

            """);
        return text.ToString();
    }

    /// <summary>The loop as one recipe line, since make runs each line in a separate shell.</summary>
    private static string RetryRecipe(AdapterOptions options) =>
        Escape(ShellScript.OnOneLine(ShellScript.Retry("\u0001", options.RetriesOrDefault, "\u0002"), " \\\n  "))
            .Replace("\u0001", "$(1)", StringComparison.Ordinal).Replace("\u0002", "$(2)", StringComparison.Ordinal);

    private static string Escape(string script) => script.Replace("$", "$$", StringComparison.Ordinal);
}
