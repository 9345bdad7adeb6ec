using System;
using System.IO;

namespace LlmMemory.Sources.Files;

/// <summary>A file that tells, when it is closed, how much was read of it.</summary>
internal sealed class ReportingStream(Stream file, string path, IProgress<FileReading> readings) : ReadOnlyStream
{
    private long _bytes;
    private bool _isTold;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    /// <summary>The file, telling of what is read of it where somebody wants to know.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">What it is called then.</param>
    /// <param name="readings">Who wants to know; nobody when null.</param>
    public static Stream Of(Stream file, string path, IProgress<FileReading>? readings)
    {
        return readings is null ? file : new ReportingStream(file, path, readings);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = file.Read(buffer, offset, count);
        _bytes += read;
        return read;
    }

    public override string ToString()
    {
        return path;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isTold)
        {
            _isTold = true;
            file.Dispose();
            readings.Report(new FileReading(path, _bytes));
        }

        base.Dispose(disposing);
    }
}
