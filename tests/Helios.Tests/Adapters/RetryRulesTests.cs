using System;
using System.Linq;
using System.Threading.Tasks;
using Helios.Adapters;
using Helios.Errors;

namespace Helios.Tests.Adapters;

/// <summary>Retry rules follow the table of exit codes, whatever it will say.</summary>
internal sealed class RetryRulesTests
{
    [Test]
    public async Task Every_failure_of_the_table_is_either_retried_or_never_retried()
    {
        foreach (ExitCodeInfo row in ExitCodes.All.ToArray().Where(row => row.Code != ExitCode.Ok))
        {
            await Assert.That(RetryRules.Again.Contains((int)row.Code)).IsEqualTo(row.IsRetryable);
            await Assert.That(RetryRules.Never.Contains((int)row.Code)).IsEqualTo(!row.IsRetryable);
        }
    }

    [Test]
    public async Task Success_has_no_rule() =>
        await Assert.That(RetryRules.Again.Concat(RetryRules.Never)).DoesNotContain(0);

    [Test]
    public async Task A_task_that_was_killed_is_retried() =>
        await Assert.That(RetryRules.Again).Contains(137);

    [Test]
    public async Task Codes_ascend_without_doubles_as_kubernetes_wants_them()
    {
        foreach (int[] codes in (int[][])[RetryRules.Again, RetryRules.Never])
            for (int i = 1; i < codes.Length; i++) await Assert.That(codes[i]).IsGreaterThan(codes[i - 1]);
    }

    [Test]
    public async Task A_range_ends_where_the_next_code_is_no_neighbour()
    {
        for (int i = 0; i < RetryRules.Never.Length; i++)
        {
            int end = RetryRules.FindEndOfRange(i);
            await Assert.That(RetryRules.Never[end] - RetryRules.Never[i]).IsEqualTo(end - i);
            await Assert.That(RetryRules.Never).DoesNotContain(RetryRules.Never[end] + 1);
        }
    }

    [Test]
    public async Task Patterns_match_every_code_to_retry_and_no_other_of_the_table()
    {
        static bool Matches(int code) => RetryRules.Patterns.Any(pattern => pattern.EndsWith('*')
            ? code.ToString().StartsWith(pattern[..^1], StringComparison.Ordinal)
            : code.ToString() == pattern);

        await Assert.That(RetryRules.Again.All(Matches)).IsTrue();
        await Assert.That(RetryRules.Never.Any(Matches)).IsFalse();
        await Assert.That(Matches(0)).IsFalse();
    }

    [Test]
    public async Task Patterns_leave_room_for_the_two_other_rules_of_aws_batch() =>
        await Assert.That(RetryRules.Patterns.Count).IsLessThanOrEqualTo(3);
}
