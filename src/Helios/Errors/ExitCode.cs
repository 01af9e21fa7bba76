namespace Helios.Errors;

/// <summary>Process exit codes. Public API: farms base retries on them. <see cref="ExitCodes"/> explains each.</summary>
internal enum ExitCode
{
    Ok = 0,
    Usage = 64,
    Invalid = 65,
    NoInput = 66,
    Unavailable = 69,
    Internal = 70,
    CantCreate = 73,
    IoError = 74,
    Temporary = 75,
    Interrupted = 130,
    Terminated = 143,
}
