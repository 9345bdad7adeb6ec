using System;
using System.IO;

namespace LlmMemory.Sources.Files;

/// <summary>A file on this machine, whose errors are the engine's own.</summary>
internal sealed class LocalFileStream : ReadOnlyStream
{
    private readonly FileStream _file;
    private readonly string _path;

    /// <summary>Opens the file, beside others that may be writing it: a download must not fail because it is looked at.</summary>
    /// <param name="path">The file's full path.</param>
    public LocalFileStream(string path)
    {
        _path = path;
        _file = Guard(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
    }

    public override long Length => Guard(() => _file.Length);

    public override long Position
    {
        get => _file.Position;
        set => _file.Position = value >= 0 ? value : throw FileError.OutsideOfFile(_path, value);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        return Guard(() => _file.Read(buffer, offset, count));
    }

    public override string ToString()
    {
        return _path;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private T Guard<T>(Func<T> access)
    {
        try
        {
            return access();
        }
        catch (Exception error) when (FileError.IsAccess(error))
        {
            throw FileError.From(_path, error);
        }
    }
}
