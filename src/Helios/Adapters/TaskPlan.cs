using System.Globalization;

namespace Helios.Adapters;

/// <summary>Assignment of chunks to an engine's tasks: task <c>i</c> renders chunks i·PerTask … i·PerTask+PerTask-1.</summary>
/// <param name="Chunks">Chunks of the job.</param>
/// <param name="PerTask">Chunks per task; the last may have fewer.</param>
internal readonly record struct TaskPlan(int Chunks, int PerTask)
{
    internal int Count => (Chunks + PerTask - 1) / PerTask;

    /// <summary>As few chunks per task as the engine's limit allows, unless the user specifies them.</summary>
    /// <param name="chunks">Chunks of the job.</param>
    /// <param name="options"><c>Tasks</c> and <c>ChunksPerTask</c>, 0 where not given.</param>
    /// <param name="most">Maximum number of tasks in one job of the engine.</param>
    /// <param name="limit">Name of that limit, for the message: <c>tasks of an AWS Batch array</c>.</param>
    /// <exception cref="HeliosException">64: more tasks than the engine accepts.</exception>
    internal static TaskPlan Make(int chunks, AdapterOptions options, int most, string limit)
    {
        int perTask = options.ChunksPerTask > 0 ? options.ChunksPerTask
            : Divide(chunks, options.Tasks > 0 ? options.Tasks : most);
        var plan = new TaskPlan(chunks, perTask);
        int fewest = Divide(chunks, most);
        EngineLimits.ThrowIfAbove(most, plan.Count, limit, options.ChunksPerTask > 0 ? "--chunks-per-task" : "--tasks",
            string.Create(CultureInfo.InvariantCulture, $"give --chunks-per-task {fewest} or more, or leave it to helios"));
        return plan;
    }

    private static int Divide(int a, int b) => (int)(((long)a + b - 1) / b);
}
