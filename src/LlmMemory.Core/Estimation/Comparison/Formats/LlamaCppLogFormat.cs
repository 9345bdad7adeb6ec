namespace LlmMemory.Estimation.Comparison.Formats;

/// <summary>The log of llama.cpp: llama-server, llama-cli and what is built on them.</summary>
internal sealed class LlamaCppLogFormat : EngineLogFormat
{
    private readonly LlamaCppLines _lines;

    /// <summary>Begins to read.</summary>
    public LlamaCppLogFormat(string logName)
        : base("LlamaCpp", logName)
    {
        _lines = new LlamaCppLines(Record);
    }

    /// <inheritdoc/>
    public override void Read(LogLine line)
    {
        _lines.Read(line);
    }
}
