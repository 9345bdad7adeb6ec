using System;
using System.Collections.Generic;
using System.IO;
using LlmMemory.Errors;
using LlmMemory.Naming;

namespace LlmMemory.Estimation.Comparison;

/// <summary>
/// What an engine reported in its log: memory by line and device, and the settings that it ran with. Logs of vLLM,
/// SGLang, llama.cpp and Ollama are read; where a log holds several starts, the last one counts.
/// </summary>
public sealed class EngineLog
{
    internal EngineLog(string name, string engine, LogRecord record)
    {
        Name = name;
        Engine = engine;
        EngineVersion = record.Version;
        Model = record.Model;
        Figures = new DetailList<EngineLogFigure>([.. record.Figures]);
        Settings = new DetailList<EngineLogSetting>([.. record.Settings]);
    }

    /// <summary>Where the log comes from: a file's path, or what the caller called its lines.</summary>
    public string Name { get; }

    /// <summary>The engine that wrote it: vLLM, SGLang, LlamaCpp or Ollama.</summary>
    public string Engine { get; }

    /// <summary>The engine's version, null where the log does not print it.</summary>
    public string? EngineVersion { get; }

    /// <summary>The model's name or path, null where the log does not print it.</summary>
    public string? Model { get; }

    /// <summary>What was reported, in the order of the log.</summary>
    public DetailList<EngineLogFigure> Figures { get; }

    /// <summary>The settings that the engine ran with, as far as it prints them.</summary>
    public DetailList<EngineLogSetting> Settings { get; }

    /// <summary>Reads a log file.</summary>
    /// <param name="path">The file's path; a relative one counts from the current directory of the process.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.LogNotFound"/>, <see cref="ErrorIds.LogUnreadable"/>, <see cref="ErrorIds.LogTooLarge"/>,
    /// <see cref="ErrorIds.LogWithoutFigures"/> or <see cref="ErrorIds.LogOfSeveralEngines"/>.
    /// </exception>
    public static EngineLog FromPath(string path)
    {
        return EngineLogFile.Read(path ?? throw new ArgumentNullException(nameof(path)));
    }

    /// <summary>Reads lines of a log.</summary>
    /// <param name="lines">The lines; they are read once, one by one.</param>
    /// <param name="name">What to call them in messages.</param>
    /// <exception cref="LlmMemoryException">As for a file.</exception>
    public static EngineLog FromLines(IEnumerable<string> lines, string name)
    {
        if (lines is null || name is null)
        {
            throw new ArgumentNullException(lines is null ? nameof(lines) : nameof(name));
        }

        return Of(lines, name);
    }

    /// <summary>Reads the text of a log.</summary>
    /// <param name="reader">The text; it is read to its end and not closed.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="LlmMemoryException">As for a file.</exception>
    public static EngineLog FromReader(TextReader reader, string name)
    {
        if (reader is null || name is null)
        {
            throw new ArgumentNullException(reader is null ? nameof(reader) : nameof(name));
        }

        return Of(LogText.LinesOf(reader, name), name);
    }

    /// <summary>Engine, version and how much it reported in one line.</summary>
    public override string ToString()
    {
        return $"{Engine}{(EngineVersion is null ? string.Empty : " " + EngineVersion)}: {Figures.Count} figures";
    }

    private static EngineLog Of(IEnumerable<string> lines, string name)
    {
        var log = new EngineLogLines(name);
        foreach (var line in lines)
        {
            log.Add(line);
        }

        return log.ToLog();
    }
}
