using System;

namespace LlmMemory.Shell.Interactive;

/// <summary>Lines as the terminal itself edits them.</summary>
internal sealed class PlainLineInput : ILineInput
{
    public string? ReadLine(string prompt)
    {
        Console.Error.Write(prompt);
        return Console.ReadLine();
    }
}
