using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness.Programs;

namespace Helios.EndToEnd.Harness;

/// <summary>
/// How fast this machine is now. Time limits of tests are written for a quiet machine with two processors; where the same
/// work takes longer, because the machine is slower or has other work, they are longer by the same factor. They say that
/// something ends at all, or in its own time: neither becomes wrong because a neighbour compiles.
/// </summary>
internal static class Pace
{
    /// <summary>Seconds that the sample below takes on such a machine: each render uses about one second of processor time.</summary>
    private const double Reference = 1.0;

    /// <summary>A difference that is not worth longer limits; and how much slower a busy machine may become later.</summary>
    private const double Reserve = 1.5;

    private const double Most = 20;

    /// <summary>How much slower it may become after it was measured, for limits that only say that something ends.</summary>
    private const double Later = 3;

    private static readonly Lazy<double> s_factor = new(Measure);

    /// <summary>What limits are multiplied by; 1 on a quiet machine.</summary>
    internal static double Factor => s_factor.Value;

    /// <summary>What a time limit of a test is multiplied by.</summary>
    internal static double Largest => Math.Max(Factor, Later);

    /// <summary>A limit of so many seconds on a quiet machine.</summary>
    internal static TimeSpan Seconds(double quiet) => TimeSpan.FromSeconds(quiet * Factor);

    /// <summary>The same for an option of helios, which takes whole seconds.</summary>
    internal static string Option(int quiet) => Math.Ceiling(quiet * Factor).ToString(CultureInfo.InvariantCulture);

    /// <summary>Waits until something is so, as long as a limit of so many seconds allows.</summary>
    /// <returns>Whether it is.</returns>
    internal static async Task<bool> WaitAsync(Func<bool> isSo, double quiet = 60)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            if (watch.Elapsed > Seconds(quiet)) return false;
            await Task.Delay(50);
        }

        return true;
    }

    /// <summary>The commonest work of these tests, as many at once as there are tests at once: rendering a few frames.</summary>
    private static double Measure()
    {
        try
        {
            var helios = new NativeBinary();
            Task.Run(helios.InitializeAsync).GetAwaiter().GetResult();
            using var place = new RenderPlace(helios, "<!doctype html><body>");
            Task.Run(() => place.PlanAsync("--frames", "10", "--shards", "2")).GetAwaiter().GetResult();
            var watch = Stopwatch.StartNew();
            Task RenderOne(int index) => Task.Run(async () => (await place.Render("--index", $"{index}")).Succeeded());
            Task.WaitAll(RenderOne(0), RenderOne(1));
            double slowness = watch.Elapsed.TotalSeconds / Reference;
            if (slowness <= Reserve) return 1;
            double factor = Math.Min(slowness * Reserve, Most);
            string times = factor.ToString("0.0", CultureInfo.InvariantCulture);
            Console.WriteLine($"this machine is slow or busy: time limits are {times} times those of a quiet one");
            return factor;
        }
        catch (Exception error) when (error is InvalidOperationException or AggregateException)
        {
            return 1; // the tests say what is broken
        }
    }
}
