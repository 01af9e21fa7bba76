using System;
using System.Collections.Generic;
using System.IO;
using Helios.Errors;
using Helios.Jobs.Document;

namespace Helios.Plan.Rows;

/// <summary>Rows as JSON: one object a line (JSONL, also called NDJSON). Lines of blanks are skipped.</summary>
internal static class JsonRows
{
    private const string Fix = "write one object a line, such as {\"id\":\"a1\",\"title\":\"Hello\"}";

    internal static IEnumerable<Row> Read(RowLines lines)
    {
        for (int id = 0; lines.TryRead(out ReadOnlyMemory<byte> line);)
        {
            if (line.Span.Trim(" \t"u8).IsEmpty) continue;
            yield return new Row(id++, lines.Line, ReadObject(line, lines));
        }
    }

    private static ReadOnlyMemory<byte> ReadObject(ReadOnlyMemory<byte> line, RowLines lines)
    {
        string where = lines.Where(lines.Line);
        try
        {
            return JobJson.ReadObject(line, where);
        }
        catch (HeliosException error) when (error.Code == ExitCode.Invalid)
        {
            string what = error.What.Replace("the file is", "the row is", StringComparison.Ordinal)
                .Replace("something follows the end of the document", "something follows the end of the object", StringComparison.Ordinal);
            bool isLarge = what.Contains("MiB", StringComparison.Ordinal) || what.Contains("more than", StringComparison.Ordinal);
            string place = error.Where.Replace(where + ", line 1,", where + ",", StringComparison.Ordinal);
            throw new HeliosException(ExitCode.Invalid, what, place, isLarge ? error.Fix : Fix, error);
        }
    }
}
