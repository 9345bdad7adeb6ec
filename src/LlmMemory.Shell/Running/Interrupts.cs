using System;
using System.Threading;

namespace LlmMemory.Shell.Running;

/// <summary>
/// Decides what Ctrl+C does. Each press goes to the innermost handler and takes it out, so pressing again reaches
/// the next one, and at last the system, which ends the process: a command that does not stop can still be left.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly Lock _lock = new();
    private Handler? _innermost;

    public Interrupts()
    {
        Console.CancelKeyPress += OnCancelKeyPress;
    }

    /// <summary>Lets an action handle Ctrl+C until the result is disposed.</summary>
    /// <param name="action">What Ctrl+C does. It must not wait: disposing waits for it.</param>
    public IDisposable Handle(Action action)
    {
        lock (_lock)
        {
            return _innermost = new Handler(this, action, _innermost);
        }
    }

    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancelKeyPress;
    }

    private void OnCancelKeyPress(object? sender, ConsoleCancelEventArgs pressed)
    {
        lock (_lock)
        {
            if (_innermost is { } handler)
            {
                pressed.Cancel = true;
                _innermost = handler.Outer;
                handler.Action();
            }
        }
    }

    private sealed record Handler(Interrupts Owner, Action Action, Handler? Outer) : IDisposable
    {
        public void Dispose()
        {
            lock (Owner._lock)
            {
                Owner._innermost = Outer;
            }
        }
    }
}
