using System;

namespace LlmMemory.Shell.Hosting;

/// <summary>Takes something back at the end of a using block.</summary>
internal sealed class Undo(Action action) : IDisposable
{
    public void Dispose()
    {
        action();
    }
}
