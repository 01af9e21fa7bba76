namespace Helios.Errors;

/// <summary>Cause of a failure, where code needs more than the exit code to decide. Texts are for people only.</summary>
internal enum Reason
{
    /// <summary>The exit code is sufficient.</summary>
    None,

    /// <summary>A disk or a quota is full: waiting does not help, freeing space does.</summary>
    DiskFull,

    /// <summary>The page cannot be captured in this way: another way can help.</summary>
    CannotCapture,
}
