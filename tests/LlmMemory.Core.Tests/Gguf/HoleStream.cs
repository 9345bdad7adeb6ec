using System;
using System.IO;

namespace LlmMemory.Core.Tests.Gguf;

/// <summary>A file that starts with some bytes, and is zeros from there on: as a sparse file on disk, but without a disk.</summary>
internal sealed class HoleStream(byte[] start, long length) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    /// <summary>The bytes that were read so far, a hole's included.</summary>
    public long BytesRead { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var taken = (int)Math.Clamp(length - Position, 0, count);
        var real = (int)Math.Clamp(start.Length - Position, 0, taken);
        Array.Copy(start, (int)Math.Min(Position, start.Length), buffer, offset, real);
        Array.Clear(buffer, offset + real, taken - real);
        Position += taken;
        BytesRead += taken;
        return taken;
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        Position = offset + (origin == SeekOrigin.Begin ? 0 : origin == SeekOrigin.End ? length : Position);
        return Position;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value)
    {
        throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        throw new NotSupportedException();
    }
}
