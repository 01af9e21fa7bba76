using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Core.Interfaces;

namespace Helios.EndToEnd.Harness.Documents;

/// <summary>ajv with the schema of a batch.</summary>
public sealed class BatchSchemaValidator() : SchemaValidator("batch.schema.json");

/// <summary>ajv with schemas/job.schema.json, in one node process for all tests: an opinion of the schema that is not ours.</summary>
public class SchemaValidator(string schema) : IAsyncInitializer, IAsyncDisposable
{
    public SchemaValidator() : this("job.schema.json")
    {
    }

    private readonly SemaphoreSlim _turn = new(1);
    private Process? _node;

    public Task InitializeAsync()
    {
        string folder = Path.Combine(Repository.Project, "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "ajv")))
            throw new InvalidOperationException($"ajv is not installed: run npm ci --prefix {folder}, or ./test.sh, which does");
        _node = Tool.Run("node", "nodejs npm", Path.Combine(folder, "validate.js"), Repository.PathOf("schemas", schema))
            .In(folder)
            .Start(outlivesTest: true);
        return Task.CompletedTask;
    }

    /// <summary><c>valid</c>, or what ajv says is wrong.</summary>
    public async Task<string> ValidateAsync(JsonNode document, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            byte[] line = Encoding.UTF8.GetBytes(document.ToJsonString() + "\n");
            await _node!.StandardInput.BaseStream.WriteAsync(line, cancellation);
            await _node.StandardInput.BaseStream.FlushAsync(cancellation);
            return await _node.StandardOutput.ReadLineAsync(cancellation)
                ?? throw new InvalidOperationException("validate.js ended: " + await _node.StandardError.ReadToEndAsync(cancellation));
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _turn.Dispose();
        if (_node is null) return;
        _node.StandardInput.Close();
        await _node.WaitForExitAsync();
        _node.Dispose();
        GC.SuppressFinalize(this);
    }
}
