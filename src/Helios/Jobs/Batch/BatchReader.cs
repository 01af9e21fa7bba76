using System;
using System.Globalization;
using System.IO;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs.Document;
using Helios.Text;

namespace Helios.Jobs.Batch;

/// <summary>
/// Reads the index of a batch in flat memory. It is untrusted input, like a job spec: the first mistake ends it, named by its JSON path.
/// </summary>
/// <param name="name">Name of the document in messages.</param>
internal sealed class BatchReader(string name)
{
    private const string Fix = "write the batch again with helios export-job --rows";

    private static readonly string[] s_members = [BatchMembers.Version, BatchMembers.Count, BatchMembers.Rows];
    private static readonly string[] s_rowMembers =
        [BatchMembers.Id, BatchMembers.JobId, BatchMembers.Job, BatchMembers.Output, BatchMembers.Frames];

    private readonly JobProblems _problems = new(name);

    /// <summary>Reads and checks all of it.</summary>
    /// <param name="stream">The document.</param>
    /// <param name="visit">Called with every row, in order; null to read no further than the number of rows.</param>
    /// <returns>Number of rows, from 1.</returns>
    /// <exception cref="HeliosException">65: not JSON, or not an index; 74: read error.</exception>
    internal int Read(Stream stream, Action<BatchRow>? visit)
    {
        var tokens = new JsonTokens(stream, name);
        tokens.Read();
        if (tokens.Type != JsonTokenType.StartObject)
            throw tokens.Fail($"the document is {tokens.Describe()}, expected an object", Fix);
        long? version = null, count = null;
        int? found = null;
        for (int members = 0; ; members++)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndObject) break;
            string member = tokens.GetText();
            bool isNew = member switch
            {
                BatchMembers.Version => version,
                BatchMembers.Count => count,
                BatchMembers.Rows => found,
                _ => null,
            } is null;
            tokens.CheckMember(isNew, members, member);
            if (member == BatchMembers.Rows)
            {
                if (visit is null && version is not null && count is long known) return (int)known;
                found = ReadRows(ref tokens, visit);
            }
            else if (member == BatchMembers.Version)
            {
                tokens.Read();
                version = JobValues.ReadInteger(ref tokens, _problems, BatchMembers.PathOf(member),
                    BatchWriter.SchemaVersion, BatchWriter.SchemaVersion);
            }
            else if (member == BatchMembers.Count)
            {
                tokens.Read();
                count = JobValues.ReadInteger(ref tokens, _problems, BatchMembers.PathOf(member), 1, BatchFolder.MaxRows);
            }
            else
            {
                JobValues.SkipUnknown(ref tokens, _problems, BatchMembers.PathOf(member), member, s_members);
            }

            _problems.ThrowIfAny();
        }

        tokens.ReadEnd();
        if (_problems.HasAll("$", Fix, (BatchMembers.Version, version), (BatchMembers.Count, count), (BatchMembers.Rows, found))
            && count != found)
        {
            string path = BatchMembers.PathOf(BatchMembers.Count);
            _problems.Add(path, string.Create(CultureInfo.InvariantCulture, $"{path} is {count}, but there are {found} rows"), Fix);
        }

        _problems.ThrowIfAny();
        return found!.Value;
    }

    private int ReadRows(ref JsonTokens tokens, Action<BatchRow>? visit)
    {
        tokens.Read();
        if (tokens.Type != JsonTokenType.StartArray)
        {
            JobValues.Report(ref tokens, _problems, BatchMembers.PathOf(BatchMembers.Rows), "an array");
            return 0;
        }

        for (int id = 0; ; id++)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndArray) return id;
            string path = string.Create(CultureInfo.InvariantCulture, $"{BatchMembers.PathOf(BatchMembers.Rows)}[{id}]");
            BatchRow? row = tokens.Type == JsonTokenType.StartObject ? ReadRow(ref tokens, path, id) : null;
            if (row is null && _problems.IsEmpty) JobValues.Report(ref tokens, _problems, path, "an object");
            _problems.ThrowIfAny();
            visit?.Invoke(row!.Value);
        }
    }

    private BatchRow? ReadRow(ref JsonTokens tokens, string path, int id)
    {
        object?[] values = new object?[s_rowMembers.Length];
        for (int members = 0; ; members++)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndObject) break;
            string member = tokens.GetText();
            int index = Array.IndexOf(s_rowMembers, member);
            tokens.CheckMember(index < 0 || values[index] is null, members, member);
            string place = $"{path}.{member}";
            if (index < 0)
            {
                JobValues.SkipUnknown(ref tokens, _problems, place, member, s_rowMembers);
                continue;
            }

            tokens.Read();
            values[index] = ReadValue(ref tokens, member, place, id);
            if (!_problems.IsEmpty) return null;
        }

        var found = new (string, object?)[values.Length];
        for (int i = 0; i < values.Length; i++) found[i] = (s_rowMembers[i], values[i]);
        return _problems.HasAll(path, Fix, found)
            ? new BatchRow(id, (string)values[1]!, (string)values[3]!, (long)values[4]!)
            : null;
    }

    private object? ReadValue(ref JsonTokens tokens, string member, string path, int id)
    {
        if (member == BatchMembers.Id) return JobValues.ReadInteger(ref tokens, _problems, path, id, id);
        if (member == BatchMembers.Frames) return JobValues.ReadInteger(ref tokens, _problems, path, 1, FrameRange.MaxFrames);
        if (JobValues.ReadString(ref tokens, _problems, path) is not string text) return null;
        string? wrong = member switch
        {
            BatchMembers.JobId => JobId.TryParse(text, out _) ? null : $"expected {JobId.Expected}",
            BatchMembers.Job => text == BatchFolder.JobName(id) ? null : $"expected \"{BatchFolder.JobName(id)}\"",
            _ => JobPaths.CheckFile(text),
        };
        if (wrong is null) return text;
        _problems.Add(path, $"{path} is \"{ErrorText.Shorten(ErrorText.OneLine(text))}\": {wrong}", Fix);
        return null;
    }
}
