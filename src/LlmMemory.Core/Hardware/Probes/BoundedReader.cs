using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace LlmMemory.Hardware.Probes;

/// <summary>
/// Reads a stream of a process beside everything else, so that the process never waits for a reader, and keeps no more
/// than a bound of it.
/// </summary>
internal sealed class BoundedReader
{
    private readonly List<byte> _kept = [];
    private readonly int _bound;
    private readonly Task _reading;
    private volatile bool _isTooLong;

    public BoundedReader(Stream stream, int bound)
    {
        _bound = bound;
        _reading = Task.Factory.StartNew(() => Read(stream), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>True when the stream has ended.</summary>
    public bool IsDone => _reading.IsCompleted;

    /// <summary>True when the stream holds more than the bound.</summary>
    public bool IsTooLong => _isTooLong;

    /// <summary>What was kept; to be asked when the stream has ended.</summary>
    public string Text => Encoding.UTF8.GetString(_kept.ToArray());

    /// <summary>Waits a little for the end.</summary>
    /// <param name="milliseconds">How long at most.</param>
    public void Wait(int milliseconds)
    {
        _reading.Wait(milliseconds);
    }

    private void Read(Stream stream)
    {
        try
        {
            var buffer = new byte[16 << 10];
            for (var read = stream.Read(buffer, 0, buffer.Length); read > 0; read = stream.Read(buffer, 0, buffer.Length))
            {
                Keep(buffer, read);
            }
        }
        catch (IOException)
        {
            // The process was ended; what it had said is not used.
        }
        catch (ObjectDisposedException)
        {
            // So was it here.
        }
    }

    private void Keep(byte[] buffer, int read)
    {
        var room = Math.Min(read, _bound - _kept.Count);
        _kept.AddRange(new ArraySegment<byte>(buffer, 0, room));
        _isTooLong |= room < read;
    }
}
