using System;
using System.IO;
using System.Text;

namespace LlmMemory.Sources.Gguf;

/// <summary>
/// Reads a header forward through one large buffer, and skips what is not needed without looking at it. All that is
/// asked for is held against what is left of the file first.
/// </summary>
internal sealed class GgufBuffer
{
    // Large enough that the file is read in few calls, and below what .NET keeps apart as a large object: getting one of
    // those costs more time than reading the header does.
    private const int Size = 64 << 10;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly Stream _stream;
    private readonly byte[] _bytes;
    private int _next;
    private int _end;

    /// <summary>Starts at the stream's first byte.</summary>
    /// <param name="stream">A stream that can seek.</param>
    /// <param name="source">What it is called in messages.</param>
    public GgufBuffer(Stream stream, string source)
    {
        _stream = stream;
        Source = source;
        Length = stream.Length;
        stream.Position = 0;
        _bytes = new byte[(int)Math.Min(Size, Math.Max(Length, sizeof(long)))];
    }

    /// <summary>What the file is called in messages.</summary>
    public string Source { get; }

    /// <summary>The bytes of the whole file.</summary>
    public long Length { get; }

    /// <summary>The byte that is read next.</summary>
    public long Position { get; private set; }

    /// <summary>The bytes that are left of the file.</summary>
    public long Remaining => Length - Position;

    /// <summary>Reads 8 bits.</summary>
    public byte ReadByte()
    {
        return _bytes[Take(1)];
    }

    /// <summary>Reads 16 bits.</summary>
    public ushort ReadUInt16()
    {
        var at = Take(2);
        return (ushort)(_bytes[at] | (_bytes[at + 1] << 8));
    }

    /// <summary>Reads 32 bits.</summary>
    public uint ReadUInt32()
    {
        return LittleEndian.ToUInt32(_bytes, Take(4));
    }

    /// <summary>Reads 64 bits.</summary>
    public ulong ReadUInt64()
    {
        return LittleEndian.ToUInt64(_bytes, Take(8));
    }

    /// <summary>Reads a length and as many bytes of UTF-8.</summary>
    /// <param name="what">What it is, for messages: <c>a key</c>.</param>
    /// <param name="maxBytes">A longer one is an error.</param>
    public string ReadText(string what, int maxBytes)
    {
        var start = Position;
        var length = ReadUInt64();
        if (length > (ulong)maxBytes)
        {
            throw GgufError.Invalid(
                Source, start, $"{what} claims to have {length} bytes; no real one has more than {maxBytes}");
        }

        return DecodeText((int)length, what);
    }

    /// <summary>Reads a text that is kept if it is short; a longer one is skipped and null.</summary>
    /// <param name="maxBytes">The length up to which it is kept.</param>
    public string? ReadTextIfShort(int maxBytes)
    {
        var start = Position;
        var length = ReadUInt64();
        if (length <= (ulong)maxBytes)
        {
            return DecodeText((int)length, "a text");
        }

        SkipText(length, start);
        return null;
    }

    /// <summary>Skips bytes.</summary>
    /// <param name="count">How many.</param>
    public void Skip(long count)
    {
        if (count > Remaining)
        {
            throw Truncated(count);
        }

        var buffered = _end - _next;
        Position += count;
        if (count <= buffered)
        {
            _next += (int)count;
            return;
        }

        _stream.Position = Position;
        _next = _end = 0;
    }

    /// <summary>Skips texts. A vocabulary has hundreds of thousands, so they are walked over within the buffer.</summary>
    /// <param name="count">How many.</param>
    public void SkipTexts(long count)
    {
        while (count > 0)
        {
            Need(sizeof(long));
            count -= SkipBufferedTexts(count);
            if (count > 0 && _end - _next >= sizeof(long))
            {
                // This one reaches past the buffer.
                var start = Position;
                SkipText(ReadUInt64(), start);
                count--;
            }
        }
    }

    /// <summary>Skips those texts that lie in the buffer as a whole, and says how many they were.</summary>
    private long SkipBufferedTexts(long count)
    {
        var bytes = _bytes;
        var next = _next;
        var last = _end - sizeof(long);
        var left = count;
        unchecked
        {
            // Cannot overflow: no text is stepped over that ends behind the buffer.
            while (next <= last && left > 0)
            {
                var length = LittleEndian.ToUInt64(bytes, next);
                if (length > (ulong)(last - next))
                {
                    break;
                }

                next += sizeof(long) + (int)length;
                left--;
            }
        }

        Position += next - _next;
        _next = next;
        return count - left;
    }

    private void SkipText(ulong length, long start)
    {
        if (length > (ulong)Remaining)
        {
            throw GgufError.Invalid(
                Source, start, $"a text claims to have {length} bytes, and only {Remaining} are left of the file");
        }

        Skip((long)length);
    }

    private string DecodeText(int length, string what)
    {
        var start = Position;
        var at = Take(length);
        try
        {
            return StrictUtf8.GetString(_bytes, at, length);
        }
        catch (DecoderFallbackException error)
        {
            throw GgufError.Invalid(Source, start, $"{what} is no UTF-8 text", error);
        }
    }

    private int Take(int count)
    {
        Need(count);
        var at = _next;
        _next += count;
        Position += count;
        return at;
    }

    /// <summary>Makes sure that the next bytes lie in the buffer side by side.</summary>
    private void Need(int count)
    {
        if (_end - _next >= count)
        {
            return;
        }

        if (count > Remaining)
        {
            throw Truncated(count);
        }

        if (Position > GgufLimits.HeaderBytes)
        {
            throw GgufError.Invalid(
                Source, Position, $"the header goes on; no real one has more than {GgufLimits.HeaderBytes} bytes");
        }

        Buffer.BlockCopy(_bytes, _next, _bytes, 0, _end - _next);
        _end -= _next;
        _next = 0;
        while (_end < count)
        {
            var read = _stream.Read(_bytes, _end, _bytes.Length - _end);
            _end += read > 0 ? read : throw Truncated(count);
        }
    }

    private Errors.LlmMemoryException Truncated(long count)
    {
        return GgufError.Invalid(Source, Position, $"{count} bytes are needed, and the file ends after {Remaining}");
    }
}
