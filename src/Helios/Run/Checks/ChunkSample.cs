namespace Helios.Run.Checks;

/// <summary>Chooses chunks by a seed: the same job, number and seed always give the same chunks, in order.</summary>
/// <param name="chunks">Chunks of the job.</param>
/// <param name="wanted">How many; more than there are means all.</param>
/// <param name="seed">Any number.</param>
internal sealed class ChunkSample(int chunks, int wanted, ulong seed)
{
    /// <summary>Not a seed: that of the job.</summary>
    internal const long OfJob = -1;

    private ulong _state = seed;

    /// <summary>The seed of a job where none is given: FNV-1a of its id.</summary>
    internal static ulong SeedOf(string jobId)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in jobId) hash = (hash ^ c) * 1099511628211;
        return hash;
    }

    /// <summary>Whether the next chunk is one of them; each of those left has the same chance (Knuth, TAOCP 3.4.2, algorithm S).</summary>
    internal bool Takes()
    {
        _state = (_state * 6364136223846793005) + 1442695040888963407; // Knuth's MMIX; its high bits are the random ones
        int roll = (int)(((_state >> 32) * (ulong)chunks) >> 32); // below what is left
        chunks--;
        if (roll >= wanted) return false;
        wanted--;
        return true;
    }
}
