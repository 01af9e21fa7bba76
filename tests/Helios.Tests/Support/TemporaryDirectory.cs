using System;
using System.IO;

namespace Helios.Tests.Support;

/// <summary>A directory of its own for one test, removed with all that is in it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    internal string FullPath { get; } = Directory.CreateTempSubdirectory("helios-tests-").FullName;

    internal string this[string name] => Path.Combine(FullPath, name);

    internal string Add(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
