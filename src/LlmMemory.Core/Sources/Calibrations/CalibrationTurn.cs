using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace LlmMemory.Sources.Calibrations;

/// <summary>The turn of one writer of a file; others, of other processes too, wait until it is disposed.</summary>
internal sealed class CalibrationTurn : IDisposable
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private readonly Mutex _mutex;

    /// <summary>Waits for the turn.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The turn did not come.</exception>
    public CalibrationTurn(string path)
    {
        _mutex = Open(NameOf(path));
        if (!Wait())
        {
            _mutex.Dispose();
            throw new IOException("Another process has been writing it for 30 seconds.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mutex.ReleaseMutex();
        _mutex.Dispose();
    }

    private static Mutex Open(string name)
    {
        try
        {
            return new Mutex(false, name);
        }
        catch (WaitHandleCannotBeOpenedException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    // Who was ended while writing left a file beside the place, and nothing in it.
    private bool Wait()
    {
        try
        {
            return _mutex.WaitOne(MaxWait);
        }
        catch (AbandonedMutexException)
        {
            return true;
        }
    }

    // A path may be longer than a name, and has letters that a name has not. Where letters' case tells files apart,
    // two of them may wait for each other: no harm.
    private static string NameOf(string path)
    {
        using var hash = SHA256.Create();
        var bytes = hash.ComputeHash(Encoding.UTF8.GetBytes(Path.GetFullPath(path).ToUpperInvariant()));
        return "LlmMemory-" + BitConverter.ToString(bytes).Replace("-", string.Empty);
    }
}
