namespace Helios.Jobs.Batch;

/// <summary>Names of the members of the index, and of its rows.</summary>
internal static class BatchMembers
{
    internal const string Version = "version", Count = "count", Rows = "rows";
    internal const string Id = "id", JobId = "jobId", Job = "job", Output = "output", Frames = "totalFrames";

    /// <summary>JSON path of a member of the index.</summary>
    internal static string PathOf(string member) => "$." + member;
}
