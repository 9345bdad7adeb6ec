using System;
using System.Collections.Generic;
using LlmMemory.Errors;
using LlmMemory.Sources.Files;

namespace LlmMemory.Sources.Hub;

/// <summary>
/// A file on the Hub of which only those parts are fetched that are read: the first 64 KiB, which hold the header of
/// most checkpoints, then as much as one reads at once, and ever larger parts for one who reads on. What was fetched is
/// kept, so that going back costs nothing.
/// </summary>
internal sealed class RemoteFileStream : ReadOnlyStream
{
    /// <summary>What is fetched first, and the unit in which fetched parts are kept.</summary>
    public const int BlockBytes = 64 << 10;

    // Large enough for every safetensors header at once; small enough to be thrown away with one.
    private const int MaxFetchBytes = 8 << 20;

    private readonly HubModelFiles _files;
    private readonly string _path;
    private readonly Dictionary<long, byte[]> _blocks = [];
    private long? _length;
    private long _position;
    private long _nextInRow;
    private int _fetchBytes = BlockBytes;
    private long _keptBytes;

    /// <summary>Opens the file without asking for it yet.</summary>
    /// <param name="files">The model that it is a file of.</param>
    /// <param name="path">Its path.</param>
    /// <param name="length">Its length, where the Hub's list says it.</param>
    public RemoteFileStream(HubModelFiles files, string path, long? length)
    {
        _files = files;
        _path = path;
        _length = length;
    }

    public override long Length
    {
        get
        {
            if (_length is null)
            {
                Fetch(0, BlockBytes);
            }

            return _length!.Value;
        }
    }

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw FileError.OutsideOfFile(_path, value);
    }

    /// <summary>Reads, fetching what is not there yet.</summary>
    /// <exception cref="LlmMemoryException">An error of the Hub, or <see cref="ErrorIds.ModelFileTooLarge"/>.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (count == 0 || (_length is { } length && _position >= length))
        {
            return 0;
        }

        var first = _position / BlockBytes;
        if (!_blocks.TryGetValue(first, out var block))
        {
            Fetch(first * BlockBytes, (_position % BlockBytes) + count);
            block = _blocks.TryGetValue(first, out var fetched) ? fetched : [];
        }

        var from = (int)(_position % BlockBytes);
        var copied = Math.Max(0, Math.Min(count, block.Length - from));
        Buffer.BlockCopy(block, Math.Min(from, block.Length), buffer, offset, copied);
        _position += copied;
        return copied;
    }

    public override string ToString()
    {
        return _path;
    }

    private void Fetch(long start, long wanted)
    {
        // Twice as much each time for one who reads on, so that a header of 20 MB takes ten requests and not 300.
        _fetchBytes = start == _nextInRow && start > 0 ? Math.Min(MaxFetchBytes, _fetchBytes * 2) : BlockBytes;
        var atLeast = Math.Min(MaxFetchBytes, (wanted + BlockBytes - 1) / BlockBytes * BlockBytes);
        var content = _files.GetRange(_path, start, (int)Math.Max(_fetchBytes, atLeast), _keptBytes, _length);
        _length = content.FileLength;
        Keep(start, content.Bytes);
        _nextInRow = start + content.Bytes.Length;
    }

    private void Keep(long start, byte[] bytes)
    {
        for (var at = 0; at < bytes.Length; at += BlockBytes)
        {
            var block = new byte[Math.Min(BlockBytes, bytes.Length - at)];
            Buffer.BlockCopy(bytes, at, block, 0, block.Length);
            _blocks[(start + at) / BlockBytes] = block;
            _keptBytes += block.Length;
        }
    }
}
