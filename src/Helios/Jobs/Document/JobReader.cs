using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using Helios.Errors;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>
/// Reads a job spec from a stream in flat memory. A spec is untrusted input: everything that is read is checked, the limits of
/// <see cref="JsonTokens"/> apply, and a mistake names its JSON path.
/// </summary>
/// <param name="name">Name of the document in messages: its path, or <c>standard input</c>.</param>
internal sealed class JobReader(string name)
{
    private JobSpec? _spec;
    private int _chunkCount;
    private Chunk? _found;
    private bool _isLast;
    private readonly HashSet<string> _otherOutputs = [];

    internal JobProblems Problems { get; } = new(name);

    /// <summary>Unusual names of chunk files; valid after reading.</summary>
    internal IReadOnlyCollection<string> OtherOutputs => _otherOutputs;

    /// <summary>Reads and checks all of the spec; mistakes that leave the JSON readable are in <see cref="Problems"/>.</summary>
    /// <param name="stream">The document.</param>
    /// <param name="visit">Called with every chunk, if given; costs two strings per chunk.</param>
    /// <returns>The header, or null when it has problems; and the number of chunks.</returns>
    /// <exception cref="HeliosException">65: not JSON or beyond a limit; 74: read error.</exception>
    internal (JobSpec? Spec, int ChunkCount) ReadAll(Stream stream, Action<Chunk>? visit = null)
    {
        Scan(stream, wanted: null, visit);
        return (_spec, _chunkCount);
    }

    /// <summary>
    /// Finds one chunk, reading the file only as far as needed. Without an index the job must have exactly one chunk.
    /// </summary>
    /// <exception cref="HeliosException">64: no such chunk, or no index given for many; 65: invalid; 74: read error.</exception>
    internal (JobSpec Spec, Chunk Chunk) Find(Stream stream, int? index, string indexSource)
    {
        Scan(stream, wanted: index ?? 0, visit: null);
        Problems.ThrowIfAny();
        if (index is null && !_isLast)
        {
            throw new HeliosException(ExitCode.Usage, "the job has more than one chunk, and no index says which", name,
                "give --index, or set HELIOS_CHUNK_INDEX");
        }

        if (_found is null)
        {
            throw new HeliosException(ExitCode.Usage,
                string.Create(CultureInfo.InvariantCulture, $"chunk index {index} is outside 0..{_chunkCount - 1}"),
                $"{name}, index from {indexSource}", "submit as many tasks as the job has chunks");
        }

        return (_spec!, _found);
    }

    private void Scan(Stream stream, int? wanted, Action<Chunk>? visit)
    {
        bool hasSkippedChunks = ScanOnce(stream, wanted, visit);
        if (!hasSkippedChunks || !Problems.IsEmpty) return;

        // chunks came before members that they depend on (a tool may sort members): read again with the header known
        if (!stream.CanSeek)
        {
            throw new HeliosException(ExitCode.Invalid,
                "$.chunks stands before other members, so the spec cannot be read from a pipe", name,
                "move chunks to the end, or name the file");
        }

        stream.Seek(0, SeekOrigin.Begin);
        ScanOnce(stream, wanted, visit);
    }

    /// <summary>True when chunks were skipped because the header was not complete yet.</summary>
    private bool ScanOnce(Stream stream, int? wanted, Action<Chunk>? visit)
    {
        bool hasSkippedChunks = false;
        bool hasChunks = false;
        bool isBuilt = false;
        var header = new JobHeaderReader(Problems);
        var tokens = new JsonTokens(stream, name);
        tokens.Read();
        if (tokens.Type != JsonTokenType.StartObject)
        {
            throw tokens.Fail(
                $"the document is {tokens.Describe()}, expected an object", "give a job spec, as helios export-job writes it");
        }

        while (true)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndObject) break;
            string member = tokens.GetText();
            header.Note(ref tokens, member);
            if (member != JobMembers.Chunks)
            {
                isBuilt = false; // members after the chunks must agree with the rest, too
                header.ReadMember(ref tokens, member);
                continue;
            }

            hasChunks = true;
            tokens.Read();
            if (_spec is null && header.IsComplete)
            {
                _spec = header.Build();
                isBuilt = true;
            }

            if (tokens.Type != JsonTokenType.StartArray) JobValues.Report(ref tokens, Problems, JobMembers.ChunksPath, "an array");
            else if (_spec is not null) ReadChunks(ref tokens, _spec, wanted, visit);
            else hasSkippedChunks = true;
            if (_found is not null || Problems.IsFull) return false;
            if (hasSkippedChunks) tokens.SkipValue();
        }

        tokens.ReadEnd();
        if (!hasChunks)
            Problems.Add(JobMembers.ChunksPath, $"{JobMembers.ChunksPath} is missing", "add it, or " + JobMembers.Rewrite);
        if (!isBuilt && Problems.IsEmpty | _spec is null) _spec = header.Build();
        return hasSkippedChunks;
    }

    private void ReadChunks(ref JsonTokens tokens, JobSpec spec, int? wanted, Action<Chunk>? visit)
    {
        var chunks = new ChunkListReader(Problems, spec, _otherOutputs);
        while (chunks.ReadNext(ref tokens))
        {
            if (visit is not null && Problems.IsEmpty) visit(chunks.Current);
            if (wanted != chunks.Count - 1 || !Problems.IsEmpty) continue;

            _found = chunks.Current;
            _chunkCount = chunks.Count;
            if (wanted == 0) _isLast = !chunks.ReadNext(ref tokens);
            if (_isLast) chunks.CheckEnd();
            return;
        }

        _chunkCount = chunks.Count;
        if (!Problems.IsFull) chunks.CheckEnd();
    }
}
