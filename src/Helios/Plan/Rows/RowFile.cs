using System;
using System.Collections.Generic;
using System.IO;
using Helios.Errors;
using Helios.Os.Files;

namespace Helios.Plan.Rows;

/// <summary>A file of rows, which is read more than once, each time in flat memory: CSV by its name, else JSONL.</summary>
/// <param name="typed">Its path as typed.</param>
internal sealed class RowFile(string typed)
{
    private const string CsvEnd = ".csv";

    internal string Name => typed;

    /// <summary>The rows, one by one.</summary>
    /// <exception cref="HeliosException">65: a row is wrong, or there is none; 66: there is no such file.</exception>
    internal IEnumerable<Row> Read()
    {
        using FileStream file = InputFile.OpenRegular(typed, typed);
        var lines = new RowLines(file, typed);
        bool isCsv = typed.EndsWith(CsvEnd, StringComparison.OrdinalIgnoreCase);
        bool hasAny = false;
        foreach (Row row in isCsv ? CsvRows.Read(lines) : JsonRows.Read(lines))
        {
            hasAny = true;
            yield return row;
        }

        if (!hasAny)
        {
            throw new HeliosException(ExitCode.Invalid, lines.Line == 0 ? "the file is empty" : "the file has no rows", typed,
                isCsv ? "write a header and a line for each video" : "write one JSON object a line for each video");
        }
    }

    /// <summary>A row for a message.</summary>
    internal string Where(Row row) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{typed}, line {row.Line}");
}
