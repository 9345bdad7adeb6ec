using System.Text.RegularExpressions;

namespace LlmMemory.Estimation.Comparison;

/// <summary>How one engine writes its log. It takes the lines one by one and keeps only what they report.</summary>
internal abstract class EngineLogFormat
{
    /// <summary>Begins to read.</summary>
    /// <param name="engine">The engine's name.</param>
    /// <param name="logName">What the log is called, for messages.</param>
    protected EngineLogFormat(string engine, string logName)
    {
        Engine = engine;
        Record = new LogRecord(logName);
    }

    /// <summary>The engine's name.</summary>
    public string Engine { get; }

    /// <summary>What was read.</summary>
    public LogRecord Record { get; }

    /// <summary>Takes a line.</summary>
    /// <param name="line">The line.</param>
    public abstract void Read(LogLine line);

    /// <summary>A figure in bytes from the groups <c>n</c> and <c>u</c> of a match.</summary>
    protected static EngineLogFigure? Memory(string name, LogPlace place, Match? match, LogLine line, string number = "n", string unit = "u")
    {
        return match is not null && LogQuantity.OfMemory(match.Groups[number].Value, match.Groups[unit].Value) is { } quantity
            ? new EngineLogFigure(name, place, quantity, line.Number)
            : null;
    }

    /// <summary>A count from the group <c>n</c> of a match.</summary>
    protected static EngineLogFigure? Count(string name, LogPlace place, Match? match, LogLine line, string unit, string number = "n")
    {
        return match is not null && LogQuantity.OfCount(match.Groups[number].Value, unit) is { } quantity
            ? new EngineLogFigure(name, place, quantity, line.Number)
            : null;
    }

    /// <summary>Keeps a setting from the group <c>n</c> of a match.</summary>
    protected void Setting(string name, Match? match, LogLine line, string number = "n")
    {
        if (match is not null && match.Groups[number].Success)
        {
            Record.Set(name, match.Groups[number].Value, line.Number);
        }
    }
}
