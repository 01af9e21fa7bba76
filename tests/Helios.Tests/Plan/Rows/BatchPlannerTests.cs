using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Os.Files;
using Helios.Plan;
using Helios.Plan.Rows;
using Helios.Tests.Support;

namespace Helios.Tests.Plan.Rows;

internal sealed class BatchPlannerTests
{
    [Test]
    public async Task A_row_is_planned_as_the_same_command_would_plan_it_alone()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("page.html", "abc");
        folder.Add("rows.jsonl", "{\"id\":\"a\",\"title\":\"A\"}\n{\"id\":\"b\"}\n");
        ExportArguments arguments = Arguments() with
        {
            Props = "{\"title\":\"none\",\"size\":3}",
            Shards = "4",
            IsPortable = true,
            Job = "job_0.json",
        };

        List<JobPlan> plans = Plan(folder, arguments);

        ExportArguments alone = arguments with { Output = "out/a.mp4", Props = "{\"title\":\"A\",\"size\":3,\"id\":\"a\"}" };
        await Assert.That(Text(plans[0])).IsEqualTo(Text(JobPlanner.Plan(alone.ToRequest(), folder.FullPath, InputFile.OpenRegular)));
        alone = arguments with { Output = "out/b.mp4", Props = "{\"title\":\"none\",\"size\":3,\"id\":\"b\"}" };
        await Assert.That(Text(plans[1])).IsEqualTo(Text(JobPlanner.Plan(alone.ToRequest(), folder.FullPath, InputFile.OpenRegular)));
    }

    [Test]
    public async Task With_an_id_each_row_has_its_number_behind_it()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("page.html", "abc");
        folder.Add("rows.jsonl", "{\"id\":\"a\"}\n{\"id\":\"b\"}\n");

        List<JobPlan> plans = Plan(folder, Arguments() with { JobId = "spots" });

        await Assert.That(plans.ConvertAll(plan => plan.Spec.JobId)).IsEquivalentTo(["spots-0", "spots-1"]);
        await Assert.That(Refusal.TextOf(() => Plan(folder, Arguments() with { JobId = new string('x', 62) })))
            .IsEqualTo($"64: \"{new string('x', 62)}-0\", the job id of a row, is too long (--job-id); give a shorter one");
    }

    [Test]
    [Arguments("a", "a", "\"out/a.mp4\" is the video of the row on line 2, too", DisplayName = "the same")]
    [Arguments("a", "A", "\"out/A.mp4\" and \"out/a.mp4\" of the row on line 2 are one file on some hosts", DisplayName = "but for case")]
    [Arguments("é", "É", "\"out/É.mp4\" and \"out/é.mp4\" of the row on line 2 are one file on some hosts",
        DisplayName = "but for case, beyond ASCII")]
    public async Task Two_rows_of_one_name_are_refused(string one, string other, string expected)
    {
        using var folder = new TemporaryDirectory();
        folder.Add("page.html", "abc");
        string rows = folder.Add("rows.jsonl", $"{{\"id\":\"x\"}}\n{{\"id\":\"{one}\"}}\n{{\"id\":\"y\"}}\n{{\"id\":\"{other}\"}}\n");

        await Assert
            .That(Refusal.TextOf(() => Plan(folder, Arguments())))
            .IsEqualTo($"65: {expected} ({rows}, line 4); name the videos by a field that no two rows share");
    }

    [Test]
    public async Task Names_of_folders_that_differ_by_final_dots_are_one()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("page.html", "abc");
        string rows = folder.Add("rows.jsonl", "{\"id\":\"a\"}\n{\"id\":\"a. .\"}\n");

        await Assert
            .That(Refusal.TextOf(() => Plan(folder, Arguments() with { Output = "out/{id}/x.mp4" })))
            .IsEqualTo(
                $"65: \"out/a. ./x.mp4\" and \"out/a/x.mp4\" of the row on line 1 are one file on some hosts ({rows}, line 2); name the videos by a field that no two rows share"
            );
    }

    [Test]
    public async Task Rows_that_change_between_the_readings_are_refused()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("page.html", "abc");
        string rows = folder.Add("rows.jsonl", "{\"id\":\"a\"}\n");
        BatchPlanner planner = Planner(folder, Arguments());
        JobPlan first = planner.Check(InputFile.OpenRegular, static () => { });

        foreach (string changed in (string[])["{\"id\":\"b\"}\n", "{\"id\":\"a\"}\n{\"id\":\"a\"}\n"])
        {
            folder.Add("rows.jsonl", changed);
            await Assert.That(Refusal.TextOf(() => _ = planner.Plan(first).Count()))
                .IsEqualTo($"75: the rows changed while they were read ({rows}); run it again when nothing writes to the file");
        }
    }

    /// <summary>64 bits are no proof: the names themselves decide.</summary>
    [Test]
    public async Task The_hash_of_a_name_is_that_of_what_hosts_take_for_it()
    {
        await Assert.That(RowNames.HashOf("out/A.mp4")).IsEqualTo(RowNames.HashOf("out/a.MP4"));
        await Assert.That(RowNames.HashOf("out/a.mp4")).IsNotEqualTo(RowNames.HashOf("out/b.mp4"));

        var names = new RowNames();
        for (int i = 0; i < 20_000; i++) names.Add("out/" + i);
        names.Add("OUT/7777");

        await Assert.That(names.FindRepeated()).IsEquivalentTo([RowNames.HashOf("out/7777")]);
    }

    private static ExportArguments Arguments() =>
        Gens.NewArguments() with
        {
            Composition = "page.html",
            Output = "out/{id}.mp4",
            JobId = null,
            Job = "batch/job_0.json",
        };

    private static List<JobPlan> Plan(TemporaryDirectory folder, ExportArguments arguments)
    {
        BatchPlanner planner = Planner(folder, arguments);
        JobPlan first = planner.Check(InputFile.OpenRegular, static () => { });
        return planner.Plan(first).ToList();
    }

    private static BatchPlanner Planner(TemporaryDirectory folder, ExportArguments arguments)
    {
        JobRequest request = (arguments with { Output = "x.mp4" }).ToRequest() with { Output = arguments.Output! };
        return new BatchPlanner(request, new RowFile(folder["rows.jsonl"]), folder.FullPath);
    }

    private static string Text(JobPlan plan)
    {
        var stream = new MemoryStream();
        _ = new JobWriter(stream, isCompact: true).Write(plan.Spec, plan.Chunks, plan.ChunkFiles);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
