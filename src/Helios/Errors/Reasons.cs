using System;
using System.IO;

namespace Helios.Errors;

/// <summary>The names of reasons in events (docs/progress.md), and the reasons that the system's error numbers give.</summary>
internal static class Reasons
{
    private const string DiskFull = "disk-full";
    private const int NoSpace = 28; // ENOSPC
    private const int QuotaExceeded = 122; // EDQUOT
    private const int LargestNumber = 4095; // of an error of Linux

    /// <summary>Its name in an event; null for <see cref="Reason.None"/>.</summary>
    internal static string? NameOf(Reason reason) => reason == Reason.DiskFull ? DiskFull : null;

    /// <summary>The reason of a name; none for a name that a later version may have.</summary>
    internal static Reason Parse(string? name) => name == DiskFull ? Reason.DiskFull : Reason.None;

    /// <summary>The reason that an exception of ours names, or that the system gave for one of .NET.</summary>
    internal static Reason Of(Exception? error) => error is HeliosException known ? known.Reason
        : NumberOf(error) is NoSpace or QuotaExceeded ? Reason.DiskFull : Reason.None;

    /// <summary>The system's error number behind a failed file operation; 0 where .NET does not give one.</summary>
    internal static int NumberOf(Exception? error) => error is IOException { HResult: > 0 and <= LargestNumber } ? error.HResult : 0;
}
