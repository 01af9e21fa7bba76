using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Batch;
using Helios.Jobs.Document;
using Helios.Jobs.Receipts;
using Helios.Os.Files;

namespace Helios.Run.Batch;

/// <summary>
/// Writes <c>report.jsonl</c> of a batch: a line for each row that is complete, has failed or was interrupted, in their order. It
/// is made of the receipts, and nothing reads it.
/// </summary>
/// <param name="batch">The batch.</param>
/// <param name="receipts">Those of its rows.</param>
internal sealed class BatchReport(BatchSource batch, RowReceipts receipts)
{
    /// <param name="failures">Errors, by row.</param>
    /// <param name="interrupted">What ended rows that were begun; one may have become complete all the same.</param>
    /// <returns>Number of lines.</returns>
    internal int Write(IReadOnlyDictionary<int, HeliosException> failures, IReadOnlyDictionary<int, HeliosException> interrupted)
    {
        int lines = 0;
        AtomicFile.Write(Path.Combine(batch.Folder, BatchFolder.ReportName), stream =>
        {
            var line = new ArrayBufferWriter<byte>(1024);
            _ = batch.Read(row =>
            {
                HeliosException? failure = failures.GetValueOrDefault(row.Id);
                Receipt? receipt = failure is null ? Find(row.Id) : null;
                if (receipt is null) failure ??= interrupted.GetValueOrDefault(row.Id);
                if (failure is null && receipt is null) return;
                line.ResetWrittenCount();
                WriteLine(line, row, receipt, failure);
                stream.Write(line.WrittenSpan);
                lines++;
            });
        }, isLast: true);
        return lines;
    }

    private void WriteLine(ArrayBufferWriter<byte> line, BatchRow row, Receipt? receipt, HeliosException? failure)
    {
        using (var json = new Utf8JsonWriter(line, JobJson.Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("row"u8, row.Id);
            json.WriteString("output"u8, batch.NameOf(row.Output));
            if (receipt is not null)
            {
                json.WriteString("digest"u8, receipt.Digest);
                json.WriteNumber("bytes"u8, receipt.Size);
            }

            json.WriteNumber("frames"u8, receipt?.FrameCount ?? 0);
            json.WriteNumber("code"u8, (int)(failure?.Code ?? ExitCode.Ok));
            if (failure is not null) json.WriteString("message"u8, ErrorText.OneLine(failure.Message));
            json.WriteEndObject();
        }

        line.Write("\n"u8);
    }

    /// <summary>The bytes of videos were compared before the run, or have just been made.</summary>
    private Receipt? Find(int id)
    {
        try
        {
            return receipts.Find(id, readsVideo: false).Receipt;
        }
        catch (HeliosException error) when (error.Code is ExitCode.Invalid or ExitCode.NoInput)
        {
            return null; // its job is broken or gone
        }
    }
}
