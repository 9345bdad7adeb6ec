using System.IO;

namespace LlmMemory.Core.Tests.Comparison;

/// <summary>A text of one letter many times, and an end.</summary>
internal sealed class EndlessLine(int length, string end) : TextReader
{
    private int _position;

    public override int Read()
    {
        var at = _position++;
        return at < length ? '[' : at - length < end.Length ? end[at - length] : -1;
    }
}
