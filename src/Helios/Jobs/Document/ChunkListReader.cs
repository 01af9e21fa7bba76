using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Helios.Errors;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>
/// Reads the chunks of a job spec one after the other and checks each against the header and its predecessor: ids are dense,
/// ranges tile the job's frames, files stay below the output's directory and differ. Chunks in the form that helios writes are
/// checked in place, without allocating a string.
/// </summary>
internal ref struct ChunkListReader
{
    /// <summary>Unusual file names are kept to detect duplicates; this limits their total length in characters.</summary>
    internal const int MaxOtherCharacters = 8_000_000;

    private readonly JobProblems _problems;
    private readonly JobSpec _spec;
    private readonly byte[] _prefix;
    private readonly byte[] _suffix;
    private readonly ChunkFileNames _usual;
    private readonly HashSet<string> _otherNames; // the caller owns it
    private long? _nextFrame; // null after a chunk whose range is unknown
    private int _next;
    private int _otherCharacters;

    // the chunk being read
    private long? _id;
    private long? _start;
    private long? _count;
    private string? _output;
    private bool _hasUsualOutput;

    internal ChunkListReader(JobProblems problems, JobSpec spec, HashSet<string> otherNames)
    {
        _problems = problems;
        _spec = spec;
        _usual = ChunkFileNames.For(spec);
        _prefix = Encoding.UTF8.GetBytes(_usual.Prefix);
        _suffix = Encoding.UTF8.GetBytes("." + _usual.Extension);
        _otherNames = otherNames;
        _nextFrame = spec.Frames.Start;
    }

    /// <summary>Chunks read so far.</summary>
    internal readonly int Count => _next;

    /// <summary>The chunk read last. Allocates strings; call it only for a chunk that is needed.</summary>
    internal readonly Chunk Current => new()
    {
        Id = _next - 1,
        StartFrame = _start!.Value,
        FrameCount = _count!.Value,
        Output = _hasUsualOutput ? _usual[_next - 1] : _output!,
    };

    /// <summary>Reads the next chunk; false at the end of the list or when there are too many problems to continue.</summary>
    internal bool ReadNext(ref JsonTokens tokens)
    {
        tokens.Read();
        if (tokens.Type == JsonTokenType.EndArray || _problems.IsFull) return false;
        if (_next == ChunkPlan.MaxChunks)
            throw tokens.Fail($"the job has more than {ChunkPlan.MaxChunks} chunks", "cut it into fewer chunks");

        int before = _problems.All.Count;
        _id = _start = _count = null;
        if (tokens.Type == JsonTokenType.StartObject) ReadMembers(ref tokens);
        else JobValues.Report(ref tokens, _problems, Path(), "an object");
        if (_problems.All.Count == before) Check();
        else _nextFrame = _start + _count; // one mistake is reported once: its successor is checked against its stated range
        _next++;
        return true;
    }

    /// <summary>Checks, after the last chunk, that the whole job is covered.</summary>
    internal readonly void CheckEnd()
    {
        if (!_problems.IsEmpty) return;
        if (_next == 0)
        {
            _problems.Add(JobMembers.ChunksPath, $"{JobMembers.ChunksPath} is empty, expected at least one chunk", JobMembers.Rewrite);
        }
        else if (_nextFrame != _spec.Frames.End)
        {
            _problems.Add(JobMembers.ChunksPath, string.Create(
                CultureInfo.InvariantCulture, $"the chunks end before frame {_nextFrame}, but the job before frame {_spec.Frames.End}"),
                "add the missing chunks, or " + JobMembers.Rewrite);
        }
    }

    private void ReadMembers(ref JsonTokens tokens)
    {
        _output = null;
        _hasUsualOutput = false;
        int seen = 0, last = -1;
        HashSet<string>? others = null;
        while (true)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndObject) break;
            int member = ChunkMembers.Find(tokens, last);
            if (member < 0)
            {
                string name = tokens.GetText();
                others ??= [];
                tokens.CheckMember(others.Add(name), others.Count, name);
                JobValues.SkipUnknown(ref tokens, _problems, $"{Path()}.{name}", name, ChunkMembers.Names);
                continue;
            }

            if ((seen & (1 << member)) != 0)
                throw tokens.Fail($"member \"{ChunkMembers.Names[member]}\" of {Path()} is there twice", "keep one of them");
            seen |= 1 << member;
            last = member;
            tokens.Read();
            ReadMember(ref tokens, member);
        }

        if (seen != 0b1111) ReportMissing(seen);
    }

    /// <summary>A separate method: a lambda in <see cref="ReadMembers"/> would allocate an object for every chunk.</summary>
    private readonly void ReportMissing(int seen) =>
        JobValues.ReportMissing(_problems, Path(), ChunkMembers.Names,
            name => (seen & (1 << Array.IndexOf(ChunkMembers.Names, name))) != 0);

    private void ReadMember(ref JsonTokens tokens, int member)
    {
        if (member != ChunkMembers.Output)
        {
            // the happy path builds no path text
            if (tokens.Type != JsonTokenType.Number || !tokens.TryGetInt64(out long value) || value < 0 || value > 2 * FrameRange.MaxFrames)
            {
                JobValues.Report(ref tokens, _problems, $"{Path()}.{ChunkMembers.Names[member]}", "a whole number from 0");
                return;
            }

            if (member == ChunkMembers.Id) _id = value;
            else if (member == ChunkMembers.StartFrame) _start = value;
            else _count = value;
        }
        else if (tokens.Type == JsonTokenType.String && IsUsualOutput(tokens))
        {
            _hasUsualOutput = true;
        }
        else
        {
            _output = JobValues.ReadString(ref tokens, _problems, $"{Path()}.{ChunkMembers.Names[member]}");
        }
    }

    /// <summary>Whether the string is the usual file name of this chunk.</summary>
    private readonly bool IsUsualOutput(in JsonTokens tokens)
    {
        ReadOnlySpan<byte> raw = tokens.Raw;
        if (tokens.IsEscaped || !raw.StartsWith(_prefix)) return false;
        raw = raw[_prefix.Length..];
        return Utf8Parser.TryParse(raw, out int id, out int digits)
            && id == _next && (digits == 1 || raw[0] is >= (byte)'1' and <= (byte)'9')
            && raw[0] >= (byte)'0'
            && raw[digits..].SequenceEqual(_suffix);
    }

    private void Check()
    {
        if (_id != _next) Add(ChunkMembers.Id, _id, _next, "ids are dense and in order");
        if (_nextFrame is long expected && _start != expected)
        {
            Add(ChunkMembers.StartFrame, _start, expected,
                _start > _nextFrame ? "there is a gap before it" : "it overlaps its predecessor");
        }

        if (_count < 1) AddEmpty($"{Path()}.{ChunkMembers.Names[ChunkMembers.FrameCount]}");
        _nextFrame = _start!.Value + _count!.Value;
        if (_nextFrame > _spec.Frames.End)
        {
            _problems.Add(Path(), string.Create(
                CultureInfo.InvariantCulture, $"{Path()} ends before frame {_nextFrame}, but the job before frame {_spec.Frames.End}"),
                "write the spec again with helios export-job");
        }

        if (!_hasUsualOutput) CheckOtherOutput();
    }

    private void CheckOtherOutput()
    {
        if (_output == _usual[_next]) return; // the usual name after all, only escaped in the JSON
        string path = $"{Path()}.{ChunkMembers.Names[ChunkMembers.Output]}";
        string? what = JobPaths.CheckChunkFile(_output!, _spec.Output, _usual.Extension);
        if (what is null && JobPaths.IsSameFileName(_output!, _usual, out int other) && other != _next)
            what = string.Create(CultureInfo.InvariantCulture, $"that is the file of chunk {other}");
        if (what is null && !_otherNames.Add(_output!)) what = "an earlier chunk has that file";
        _otherCharacters += _output!.Length;
        if (what is null && _otherCharacters > MaxOtherCharacters)
            what = $"names of their own have more than {MaxOtherCharacters} characters together";
        if (what is not null) _problems.Add(path, $"{path} is \"{ErrorText.OneLine(_output!)}\": {what}", $"use {_usual[_next]}");
    }

    private readonly void AddEmpty(string path) => _problems.Add(path, $"{path} is 0, expected at least 1", "leave empty chunks out");

    private readonly void Add(int member, long? found, long expected, string why)
    {
        string path = $"{Path()}.{ChunkMembers.Names[member]}";
        _problems.Add(path, string.Create(CultureInfo.InvariantCulture, $"{path} is {found}, expected {expected}: {why}"),
            "write the spec again with helios export-job");
    }

    private readonly string Path() => string.Create(CultureInfo.InvariantCulture, $"{JobMembers.ChunksPath}[{_next}]");
}
