using System;
using System.Globalization;
using System.IO;
using System.Text.Json;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Text;

namespace Helios.Adapters.Engines;

/// <summary>
/// The job format of the Node.js Helios CLI (<c>helios job run</c>): every chunk and the merge as a command. Source:
/// BintzGavin/helios packages/cli/src/types/job.ts. Written while the spec is read: a job may have millions of chunks.
/// </summary>
internal sealed class HeliosNode : IDisposable
{
    private const int FlushBytes = 64 * 1024;

    private readonly string _chunkCommand;
    private readonly string _mergeCommand;
    private readonly Utf8JsonWriter _writer;

    internal HeliosNode(AdapterJob job, AdapterOptions options, Stream stream)
    {
        string path = job.LocalPath(options);
        _chunkCommand = ShellScript.Command(options.Program, "render-chunk", path, "--index") + " ";
        _mergeCommand = ShellScript.Task(options, TaskCommand.Merge, path);
        _writer = new Utf8JsonWriter(stream, JobJson.Indented);
        RenderOptions render = job.Spec.RenderOptions;
        _writer.WriteStartObject();
        _writer.WriteString("id", job.Spec.JobId);
        _writer.WriteStartObject("metadata");
        _writer.WriteNumber("totalFrames", job.Spec.TotalFrames);
        _writer.WriteNumber("fps", render.FrameRate.ToNumber());
        _writer.WriteNumber("width", render.PixelWidth);
        _writer.WriteNumber("height", render.PixelHeight);
        _writer.WriteNumber("duration", render.Duration.ToSeconds());
        _writer.WriteEndObject();
        _writer.WriteStartArray("chunks");
    }

    /// <summary>Whether words were quoted: releases of the Node.js CLI that split commands only at blanks do not support quotes.</summary>
    internal static bool NeedsQuotes(AdapterJob job, AdapterOptions options)
    {
        string[] words = TaskCommand.Words(options, TaskCommand.Merge, job.LocalPath(options));
        return ShellScript.Task(job, options, TaskCommand.Merge) != $"{options.Program} {string.Join(' ', words)}";
    }

    internal void Add(Chunk chunk)
    {
        _writer.WriteStartObject();
        _writer.WriteNumber("id", chunk.Id);
        _writer.WriteNumber("startFrame", chunk.StartFrame);
        _writer.WriteNumber("frameCount", chunk.FrameCount);
        _writer.WriteString("outputFile", chunk.Output);
        _writer.WriteString("command", _chunkCommand + chunk.Id.ToString(CultureInfo.InvariantCulture));
        _writer.WriteEndObject();
        if (_writer.BytesPending > FlushBytes) _writer.Flush();
    }

    internal void End()
    {
        _writer.WriteEndArray();
        _writer.WriteString("mergeCommand", _mergeCommand);
        _writer.WriteEndObject();
        _writer.Flush();
    }

    public void Dispose() => _writer.Dispose();
}
