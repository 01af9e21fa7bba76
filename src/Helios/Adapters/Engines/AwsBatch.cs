using System.Globalization;
using System.Text;
using Helios.Adapters.Document;
using Helios.Jobs;
using Helios.Render;

namespace Helios.Adapters.Engines;

/// <summary>
/// AWS Batch: RegisterJobDefinition and two SubmitJob requests, as the AWS CLI takes them with <c>--cli-input-json</c>.
/// Model: botocore data/batch/2016-08-10/service-2.json; limits: AWS Batch user guide, service_limits.html, job_retries.html.
/// Left out: multi-node jobs, EKS, scheduling priority, tags.
/// </summary>
internal static class AwsBatch
{
    /// <summary>Size of an array job, 2..10000; one task is a plain job.</summary>
    internal const int MaxTasks = 10_000;

    private const int MaxAttempts = 10;
    private const int MaxRules = 5;
    private const int LeastTimeLimit = 60;
    private const int MaxName = 128;
    private const int MaxDefinition = 24 * 1024;
    private const int MaxSubmission = 30 * 1024;

    internal static string Write(AdapterJob job, AdapterOptions options) =>
        TaskCommand.FindDocument(job, options, "definition") switch
        {
            null => Script(job, options),
            "definition" => Definition(job, options),
            string step => Submission(job, options, step),
        };

    internal static TaskPlan PlanOf(AdapterJob job, AdapterOptions options) =>
        TaskPlan.Make(job.ChunkCount, options, MaxTasks, "tasks of an AWS Batch array");

    /// <summary>
    /// Every end of a task counts as an attempt, including that of a reclaimed machine, so spot jobs get as many attempts as
    /// possible. An end that matches no rule would be retried: the last rule prevents that.
    /// </summary>
    internal static MapNode RetryStrategy(AdapterOptions options)
    {
        int attempts = (options.Retries ?? (options.IsSpot ? MaxAttempts - 1 : AdapterOptions.DefaultRetries)) + 1;
        EngineLimits.ThrowIfAbove(MaxAttempts - 1, attempts - 1, "retries of AWS Batch", "--retries", "give fewer");
        EngineLimits.ThrowUnless(attempts > 1 || !options.IsSpot,
            "on AWS Batch a reclaimed machine costs an attempt, so a spot job without retries ends with the first", "--retries",
            "give at least 1, or leave --spot out");
        if (attempts == 1) return new MapNode { ["attempts"] = 1 };

        var rules = ListNode.Of(new MapNode { ["onStatusReason"] = "Host EC2*", ["action"] = "RETRY" }); // spot reclaim
        foreach (string pattern in RetryRules.Patterns) rules.Add(new MapNode { ["onExitCode"] = pattern, ["action"] = "RETRY" });
        rules.Add(new MapNode { ["onReason"] = "*", ["action"] = "EXIT" });
        EngineLimits.ThrowIfAbove(MaxRules, rules.Items.Count, "rules of an AWS Batch retry strategy", "exit codes",
            "report this: the table of exit codes outgrew AWS Batch");
        return new MapNode { ["attempts"] = attempts, ["evaluateOnExit"] = rules };
    }

    internal static void CheckTimeLimit(AdapterOptions options) => EngineLimits.ThrowUnless(options.TimeLimit >= LeastTimeLimit,
        $"{options.TimeLimit} s is less than the 60 s that AWS Batch takes", "--time-limit", "give at least 1m");

    /// <summary>A plain job has no index variable, so a single task gets its index; a task of several chunks gets their number.</summary>
    internal static ListNode? Environment(TaskPlan plan, string nameMember, string valueMember)
    {
        var list = new ListNode();
        if (plan.Count == 1) Add(TaskIndex.Neutral, "0");
        if (plan.PerTask > 1) Add(TaskIndex.ChunksPerTask, TaskCommand.Number(plan.PerTask));
        return list.Items.Count == 0 ? null : list;

        void Add(string name, string value) => list.Add(new MapNode { [nameMember] = name, [valueMember] = value });
    }

    private static string JobPath(AdapterJob job, AdapterOptions options) => job.MountedPath(options, MountOf(options));

    private static string MountOf(AdapterOptions options) => options.Mount ?? "/data";

    private static string Definition(AdapterJob job, AdapterOptions options)
    {
        CheckTimeLimit(options);
        bool isFargate = AwsPlatform.Check(options);
        MapNode? volume = AwsPlatform.Volume(options);
        if (volume is not null) job.CheckMounted(options, MountOf(options));
        var document = new MapNode
        {
            ["jobDefinitionName"] = NameOf(job, options, ""),
            ["type"] = "container",
            ["platformCapabilities"] = ListNode.Of(isFargate ? "FARGATE" : "EC2"),
            ["retryStrategy"] = RetryStrategy(options),
            ["timeout"] = new MapNode { ["attemptDurationSeconds"] = options.TimeLimit },
            ["containerProperties"] = new MapNode
            {
                ["image"] = options.ImageOrDefault,
                ["command"] = TaskCommand.Command(options, "render-chunk", JobPath(job, options)),
                ["resourceRequirements"] = ListNode.Of(
                    new MapNode { ["type"] = "VCPU", ["value"] = TaskCommand.Number(options.Cpus) },
                    new MapNode { ["type"] = "MEMORY", ["value"] = TaskCommand.Number(options.MemoryMiB) }),
                ["runtimePlatform"] = options.Arch is null
                    ? null
                    : new MapNode { ["operatingSystemFamily"] = "LINUX", ["cpuArchitecture"] = options.IsArm ? "ARM64" : "X86_64" },
                ["executionRoleArn"] = options.ExecutionRole,
                ["jobRoleArn"] = options.Account,
                ["linuxParameters"] = new MapNode { ["initProcessEnabled"] = true }, // reaps zombie processes
                ["volumes"] = volume is null ? null : ListNode.Of(volume),
                ["mountPoints"] = volume is null
                    ? null
                    : ListNode.Of(new MapNode { ["sourceVolume"] = "work", ["containerPath"] = MountOf(options) }),
            },
        };
        return Checked(JsonText.Write(document), MaxDefinition);
    }

    private static string Submission(AdapterJob job, AdapterOptions options, string step)
    {
        TaskPlan plan = PlanOf(job, options);
        bool isMerge = step == AdapterJob.MergeStep;
        var overrides = new MapNode
        {
            ["command"] = isMerge ? TaskCommand.Command(options, TaskCommand.Merge, JobPath(job, options)) : null,
            ["environment"] = isMerge ? null : Environment(plan, "name", "value"),
        };
        return Checked(JsonText.Write(new MapNode
        {
            ["jobName"] = NameOf(job, options, "-" + step),
            ["jobQueue"] = options.Place ?? "helios",
            ["jobDefinition"] = NameOf(job, options, ""),
            ["arrayProperties"] = isMerge || plan.Count == 1 ? null : new MapNode { ["size"] = plan.Count },
            ["containerOverrides"] = overrides.Members.Count == 0 ? null : overrides,
        }), MaxSubmission);
    }

    /// <summary>The merge needs the id that the array gets at submission.</summary>
    private static string Script(AdapterJob job, AdapterOptions options)
    {
        StringBuilder script = ShellScript.BeginSubmission(
            TaskCommand.Submits(job, "AWS Batch", PlanOf(job, options), "Needs the AWS CLI."))
            .AppendFile("definition.json", Definition(job, options));
        foreach (string step in job.Steps) script.AppendFile(step + ".json", Submission(job, options, step));
        if (AwsPlatform.Volume(options) is null && job.AddressOf(options) is null)
            script.Append(ShellScript.NothingShared(MountOf(options), "--efs or --host-path"));
        script.AppendPush(job, options).Append("""

            definition=$(aws batch register-job-definition --cli-input-json "file://$work/definition.json" --query jobDefinitionArn --output text)

            """);
        foreach (string step in job.Steps)
        {
            string waits = step == job.Step ? "" : $" --depends-on \"jobId=${job.Step}\"";
            script.Append(CultureInfo.InvariantCulture, $"""
                {step}=$(aws batch submit-job --cli-input-json "file://$work/{step}.json" --job-definition "$definition"{waits} --query jobId --output text)

                """);
        }

        string ids = job.ForSteps(" ", static step => "$" + step);
        return script.AppendIds(job).AppendNextSteps(
            $"aws batch describe-jobs --jobs {ids} --query 'jobs[].[jobName,status,arrayProperties.statusSummary]'",
            job.ForSteps("; ", static step => $"aws batch terminate-job --reason cancelled --job-id ${step}", isBackwards: true),
            "aws batch deregister-job-definition --job-definition $definition").AppendVideo(job, options).ToString();
    }

    private static string NameOf(AdapterJob job, AdapterOptions options, string suffix)
    {
        string name = job.NameOf(options) + suffix;
        EngineLimits.ThrowIfAbove(MaxName, name.Length, $"characters of an AWS Batch name such as {name}", "--name", "give a shorter one");
        return name;
    }

    private static string Checked(string document, int most)
    {
        EngineLimits.ThrowIfTooLong(document, most, "AWS Batch");
        return document;
    }
}
