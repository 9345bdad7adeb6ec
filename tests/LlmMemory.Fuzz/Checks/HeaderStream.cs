using System;
using System.IO;

namespace LlmMemory.Fuzz.Checks;

/// <summary>
/// The start of a file that says it is longer: the weights are not there. Whoever reads them gets nothing, as from a
/// file that is cut while it is read.
/// </summary>
internal sealed class HeaderStream(byte[] start, long length) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var taken = (int)Math.Clamp(start.Length - Position, 0, count);
        Array.Copy(start, (int)Math.Min(Position, start.Length), buffer, offset, taken);
        Position += taken;
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
