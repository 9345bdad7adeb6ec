using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Estimation.Comparison;

/// <summary>What has been read of a log so far, for one engine.</summary>
internal sealed class LogRecord
{
    // 1,024 ranks with a dozen lines each; more is no log.
    private const int MaxFigures = 16_384;

    private readonly string _name;
    private readonly List<EngineLogFigure> _figures = [];
    private readonly Dictionary<(string Name, LogPlace Place), int> _places = [];
    private readonly Dictionary<string, EngineLogSetting> _settings = new(StringComparer.Ordinal);

    /// <summary>Begins to record.</summary>
    /// <param name="name">What the log is called, for messages.</param>
    public LogRecord(string name)
    {
        _name = name;
    }

    /// <summary>The engine's version.</summary>
    public string? Version { get; set; }

    /// <summary>The model's name or path.</summary>
    public string? Model { get; set; }

    /// <summary>The figures of the start that is being read.</summary>
    public IEnumerable<EngineLogFigure> Figures => _figures;

    /// <summary>The settings of the start that is being read.</summary>
    public IEnumerable<EngineLogSetting> Settings => _settings.Values.OrderBy(setting => setting.LineNumber);

    /// <summary>True where nothing was reported.</summary>
    public bool IsEmpty => _figures.Count == 0;

    /// <summary>Records a figure beside others of its kind: one cache of several, the weights of one file of several.</summary>
    public void Add(EngineLogFigure? figure)
    {
        if (figure is null)
        {
            return;
        }

        if (_figures.Count >= MaxFigures)
        {
            throw LogError.TooManyFigures(_name, MaxFigures);
        }

        _places[(figure.Name, figure.Place)] = _figures.Count;
        _figures.Add(figure);
    }

    /// <summary>Records a figure that replaces what was said of the same thing before.</summary>
    public void Set(EngineLogFigure? figure)
    {
        if (figure is not null && _places.TryGetValue((figure.Name, figure.Place), out var index))
        {
            _figures[index] = figure;
        }
        else
        {
            Add(figure);
        }
    }

    /// <summary>Records a setting.</summary>
    public void Set(string name, string number, int lineNumber)
    {
        if (LogQuantity.OfCount(number, string.Empty) is { } quantity)
        {
            _settings[name] = new EngineLogSetting(name, quantity.Value, lineNumber);
        }
    }

    /// <summary>Forgets the figures that a later start makes void.</summary>
    public void Forget(Predicate<EngineLogFigure> isVoid)
    {
        if (_figures.RemoveAll(isVoid) == 0)
        {
            return;
        }

        _places.Clear();
        for (var i = 0; i < _figures.Count; i++)
        {
            _places[(_figures[i].Name, _figures[i].Place)] = i;
        }
    }

    /// <summary>Forgets all: the engine starts anew.</summary>
    public void Restart()
    {
        _figures.Clear();
        _places.Clear();
        _settings.Clear();
        Model = null;
    }
}
