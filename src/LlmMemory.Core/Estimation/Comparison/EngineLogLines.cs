using System;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation.Comparison.Formats;

namespace LlmMemory.Estimation.Comparison;

/// <summary>
/// A log that comes line by line, as from a pipeline. The formats of all engines read it at once, and the one that
/// recognised it is taken; only what was reported is kept.
/// </summary>
public sealed class EngineLogLines
{
    private readonly string _name;
    private readonly EngineLogFormat[] _formats;
    private int _number;

    /// <summary>Begins a log.</summary>
    /// <param name="name">What to call it in messages.</param>
    public EngineLogLines(string name)
    {
        _name = name ?? throw new ArgumentNullException(nameof(name));
        _formats = [new VllmLogFormat(name), new SglangLogFormat(name), new OllamaLogFormat(name), new LlamaCppLogFormat(name)];
    }

    /// <summary>Takes the next line.</summary>
    /// <param name="text">The line; null is an empty one.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.LogTooLarge"/>.</exception>
    public void Add(string? text)
    {
        _number = _number == int.MaxValue ? _number : _number + 1;
        var line = new LogLine(_number, LogText.Plain(text ?? string.Empty));
        foreach (var format in _formats)
        {
            format.Read(line);
        }
    }

    /// <summary>The log as far as it has come.</summary>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.LogWithoutFigures"/> or <see cref="ErrorIds.LogOfSeveralEngines"/>.
    /// </exception>
    public EngineLog ToLog()
    {
        var recognised = _formats.Where(format => !format.Record.IsEmpty).ToList();

        // Ollama runs llama.cpp within itself, and its format reads those lines too.
        var isOllama = recognised.Exists(format => format is OllamaLogFormat { IsOllama: true });
        recognised.RemoveAll(format => isOllama ? format is LlamaCppLogFormat : format is OllamaLogFormat);
        return recognised.Count switch
        {
            0 => throw LogError.WithoutFigures(_name),
            1 => new EngineLog(_name, recognised[0].Engine, recognised[0].Record),
            _ => throw LogError.OfSeveralEngines(_name, recognised.Select(format => format.Engine)),
        };
    }
}
