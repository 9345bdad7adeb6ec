using System;
using System.IO;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Files;

/// <summary>A stream that reads and seeks, and nothing else: what all files of a model are opened as.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override void Flush()
    {
    }

    /// <summary>Moves to another place.</summary>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.ModelFileUnreadable"/>: the place lies before the file, or beyond 64 bits.
    /// </exception>
    public override long Seek(long offset, SeekOrigin origin)
    {
        var start = origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => Position,
            _ => Length,
        };
        if (offset < -start || offset > long.MaxValue - start)
        {
            throw FileError.OutsideOfFile(ToString(), offset);
        }

        return Position = start + offset;
    }

    public override void SetLength(long value)
    {
        throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        throw new NotSupportedException();
    }

    /// <summary>The file, for messages.</summary>
    public abstract override string ToString();
}
