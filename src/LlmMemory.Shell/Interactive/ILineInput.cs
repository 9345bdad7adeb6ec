using System;

namespace LlmMemory.Shell.Interactive;

/// <summary>Reads lines that somebody types.</summary>
internal interface ILineInput
{
    /// <summary>Reads a line.</summary>
    /// <param name="prompt">What stands before it.</param>
    /// <returns>The line; null at the end of the input, which is Ctrl+D.</returns>
    /// <exception cref="OperationCanceledException">Ctrl+C was pressed.</exception>
    string? ReadLine(string prompt);
}
