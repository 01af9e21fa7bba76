using System;

namespace Helios.Plan.Rows;

/// <summary>A row of a file of rows.</summary>
/// <param name="Id">From 0.</param>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Fields">A JSON object, compact.</param>
internal readonly record struct Row(int Id, long Line, ReadOnlyMemory<byte> Fields);
