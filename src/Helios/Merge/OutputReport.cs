using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Jobs.Receipts;
using Helios.Plan;
using Helios.Transfer;

namespace Helios.Merge;

/// <summary>
/// What <c>check-job --outputs</c> says: every chunk that is incomplete or does not fit, the work so far and the rest of it, and the
/// totals. Chunks that are missing for the same reason are one line, so that it stays short for a job that has begun.
/// </summary>
internal sealed class OutputReport
{
    private static readonly Int128 s_mostTime = (Int128)ChunkCost.Most * ChunkPlan.MaxChunks; // receipts may say anything

    private readonly JobSpec _spec;
    private readonly int _cores;
    private readonly ChunkCheck _check;
    private readonly SealComparison _seals = new();
    private readonly SeamCheck _seams = new();
    private readonly StringBuilder _lines = new();
    private readonly MissingChunks _missing;
    private readonly List<WrongChunk> _wrong = [];
    private readonly List<string> _differences = [];
    private readonly CostTally _work = new();
    private string? _maker;
    private int _makerOf;
    private int _complete;
    private int _chunksLeft;
    private long _framesLeft;
    private Int128 _framesBeforeLeft;

    /// <param name="spec">The job.</param>
    /// <param name="directory">Base directory of its relative paths.</param>
    /// <param name="cores">Cores of a worker.</param>
    /// <param name="stored">Chunk files in a store; null for those of this machine.</param>
    internal OutputReport(JobSpec spec, string directory, int cores, StoredChunks? stored = null)
    {
        (_spec, _cores) = (spec, cores);
        _check = new ChunkCheck(spec, directory, new ProjectFiles(spec, directory, check: null), stored);
        _missing = new MissingChunks(text => _lines.Append(text));
    }

    internal bool IsComplete => _missing.Count + _wrong.Count + _differences.Count == 0;

    /// <summary>Expected time of a worker for the chunks that are not complete, microseconds; null while no time is known.</summary>
    private Int128? TimeLeft => _work.Cost is { } cost
        ? Int128.Min(s_mostTime,
            ((Int128)cost.Start * _chunksLeft) + (cost.Preroll * _framesBeforeLeft) + ((Int128)cost.Capture * _framesLeft))
        : null;

    internal void Add(Chunk chunk)
    {
        var (state, reason, receipt) = _check.CheckAll(chunk, null);
        if (state != ChunkState.Missing) _missing.Flush();
        if (receipt is not null) Compare(chunk, receipt);
        if (_seams.Add(chunk, receipt) is string seam) AddDifference(seam);
        if (state == ChunkState.Complete)
        {
            _complete++;
            _work.Add(chunk, receipt!);
            return;
        }

        _chunksLeft++;
        _framesLeft += chunk.FrameCount;
        _framesBeforeLeft += chunk.StartFrame;
        if (state == ChunkState.Missing)
        {
            _missing.Add(chunk, reason);
            return;
        }

        _wrong.Add(new WrongChunk(chunk.Id, reason));
        _lines.Append(CultureInfo.InvariantCulture, $"chunk {chunk.Id}: wrong: {ErrorText.OneLine(chunk.Output)}: {reason}\n");
    }

    internal string ToText()
    {
        _missing.Flush();
        if (_work.Rate is decimal rate)
        {
            _lines.Append(CultureInfo.InvariantCulture,
                $"{_work.Frames} of {_spec.TotalFrames} frames, {rate:0.0} a second per worker, ");
            _lines.Append(CultureInfo.InvariantCulture, $"{ToHours((Int128)_work.Time * 1000)} core-hours");
            if (_chunksLeft > 0 && TimeLeft is Int128 left)
                _lines.Append(CultureInfo.InvariantCulture, $", {ToHours(left)} expected for the rest");
            _lines.Append(CultureInfo.InvariantCulture, $" ({_cores} cores a worker)\n");
        }

        return string.Create(CultureInfo.InvariantCulture,
            $"{_lines}{_complete} complete, {_missing.Count} missing, {_wrong.Count} wrong\n");
    }

    internal string ToJson()
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, JobJson.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("version"u8, 1);
            json.WriteString("jobId"u8, _spec.JobId);
            json.WriteBoolean("isComplete"u8, IsComplete);
            WriteCounts(json);
            WriteWork(json);
            json.WriteStartArray("missingChunks"u8);
            foreach (var (first, last) in _missing.Ranges) WriteRange(json, first, last);
            json.WriteEndArray();
            json.WriteStartArray("wrongChunks"u8);
            foreach (WrongChunk wrong in _wrong) WriteWrong(json, wrong.Id, wrong.Reason);
            json.WriteEndArray();
            json.WriteStartArray("differences"u8);
            foreach (string difference in _differences) json.WriteStringValue(difference);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length) + "\n";
    }

    private void WriteCounts(Utf8JsonWriter json)
    {
        json.WriteNumber("totalFrames"u8, _spec.TotalFrames);
        json.WriteNumber("completeFrames"u8, _work.Frames);
        json.WriteNumber("complete"u8, _complete);
        json.WriteNumber("missing"u8, _missing.Count);
        json.WriteNumber("wrong"u8, _wrong.Count);
    }

    private void WriteWork(Utf8JsonWriter json)
    {
        json.WriteNumber("coresPerWorker"u8, _cores);
        json.WriteNumber("coreHours"u8, ToHours((Int128)_work.Time * 1000));
        if (_work.Rate is decimal rate) json.WriteNumber("fpsPerWorker"u8, rate);
        if (TimeLeft is not Int128 left) return;
        json.WriteNumber("coreHoursLeft"u8, ToHours(left));
        json.WriteNumber("workerSecondsLeft"u8, decimal.Round((decimal)left / 1_000_000m, 1));
    }

    private static void WriteRange(Utf8JsonWriter json, int first, int last)
    {
        json.WriteStartObject();
        json.WriteNumber("first"u8, first);
        json.WriteNumber("last"u8, last);
        json.WriteEndObject();
    }

    private static void WriteWrong(Utf8JsonWriter json, int chunk, string reason)
    {
        json.WriteStartObject();
        json.WriteNumber("chunk"u8, chunk);
        json.WriteString("reason"u8, reason);
        json.WriteEndObject();
    }

    private decimal ToHours(Int128 time) => CostTally.ToCoreHours(time, _cores);

    /// <summary>Collects the differences that the merge would refuse.</summary>
    private void Compare(Chunk chunk, Receipt receipt)
    {
        if (_maker is null) (_maker, _makerOf) = (receipt.Maker, chunk.Id);
        if (receipt.Maker != _maker)
        {
            AddDifference(string.Create(CultureInfo.InvariantCulture,
                $"chunk {chunk.Id}: rendered by {receipt.Maker}, chunk {_makerOf} by {_maker}"));
        }

        foreach (string difference in _seals.Add(chunk, receipt))
            AddDifference(string.Create(CultureInfo.InvariantCulture, $"chunk {chunk.Id}: {difference}"));
    }

    private void AddDifference(string line)
    {
        _differences.Add(line);
        _lines.Append(line).Append('\n');
    }

    /// <summary>A chunk file that cannot be used.</summary>
    private sealed class WrongChunk(int id, string reason)
    {
        internal int Id => id;

        internal string Reason => reason;
    }
}
