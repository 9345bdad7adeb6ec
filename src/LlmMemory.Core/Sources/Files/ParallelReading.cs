using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace LlmMemory.Sources.Files;

/// <summary>
/// Reads several files of a model side by side. A file on the hub is waited for far longer than it is worked on, so each
/// reader has a thread of its own: the thread pool starts with one for each core, and adds one or two in a second.
/// </summary>
/// <typeparam name="T">What a file becomes.</typeparam>
internal sealed class ParallelReading<T>
{
    private readonly object _lock = new();
    private readonly IReadOnlyList<string> _paths;
    private readonly Func<string, T> _read;
    private readonly T[] _results;
    private ExceptionDispatchInfo? _error;
    private int _taken;
    private int _end;

    private ParallelReading(IReadOnlyList<string> paths, Func<string, T> read)
    {
        _paths = paths;
        _read = read;
        _results = new T[paths.Count];
        _end = paths.Count;
    }

    /// <summary>What the files become, in their order.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="read">Reads one of them, on any thread.</param>
    /// <param name="maxReaders">How many are read at the same time.</param>
    /// <remarks>
    /// What reading raises is raised here: of several files the error of the first, whichever came first in time. Files
    /// after it that nobody has begun are not read any more; so a reading that is cancelled ends with those under way.
    /// </remarks>
    public static IReadOnlyList<T> Read(IReadOnlyList<string> paths, Func<string, T> read, int maxReaders)
    {
        var reading = new ParallelReading<T>(paths, read);
        var helpers = Enumerable.Range(1, Math.Max(0, Math.Min(maxReaders, paths.Count) - 1)).Select(_ => Start(reading.ReadOn)).ToArray();
        reading.ReadOn();
        Task.WaitAll(helpers);
        reading._error?.Throw();
        return reading._results;
    }

    private static Task Start(Action action)
    {
        return Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void ReadOn()
    {
        while (TryTake(out var index))
        {
            try
            {
                _results[index] = _read(_paths[index]);
            }
            catch (Exception error)
            {
                // Of whatever kind: it belongs to whoever waits for the files, not to this thread.
                StopBefore(index, error);
            }
        }
    }

    private bool TryTake(out int index)
    {
        lock (_lock)
        {
            index = _taken;
            if (index >= _end)
            {
                return false;
            }

            _taken++;
            return true;
        }
    }

    private void StopBefore(int index, Exception error)
    {
        lock (_lock)
        {
            if (index < _end)
            {
                _end = index;
                _error = ExceptionDispatchInfo.Capture(error);
            }
        }
    }
}
