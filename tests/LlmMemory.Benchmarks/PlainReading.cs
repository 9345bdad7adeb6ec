using System;
using System.IO;

namespace LlmMemory.Benchmarks;

/// <summary>Reads bytes and does nothing with them: what nobody who reads a file can be faster than.</summary>
internal sealed class PlainReading
{
    // Kept, and as large as the one that headers are read through: a new large one would cost more than the reading.
    private readonly byte[] _buffer = new byte[64 << 10];

    /// <summary>Reads the first bytes of a file.</summary>
    public void Read(string path, long bytes)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        var left = bytes;
        while (left > 0 && stream.Read(_buffer, 0, (int)Math.Min(_buffer.Length, left)) is var read and > 0)
        {
            left -= read;
        }
    }
}
