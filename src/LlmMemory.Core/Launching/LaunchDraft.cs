using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Naming;
using LlmMemory.Quantities;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Launching;

/// <summary>
/// A start while a target writes it. Each setting that somebody asked for is written, or left out with a reason; what
/// is neither becomes a comment in the end, so that nothing is dropped in silence.
/// </summary>
internal sealed class LaunchDraft
{
    private readonly string _target;
    private readonly Dictionary<string, string> _open;
    private readonly List<string> _notes = [];
    private readonly List<LaunchSetting> _settings = [];
    private readonly List<LaunchSetting> _environment = [];

    /// <summary>Begins a start.</summary>
    /// <param name="target">What the target calls itself.</param>
    /// <param name="request">What is to be started.</param>
    /// <param name="namesAll">False for schedulers, which are not told how an engine is set.</param>
    public LaunchDraft(string target, LaunchRequest request, bool namesAll = true)
    {
        _target = target;
        Request = request;
        _open = namesAll ? SaidSettings.Of(request).ToDictionary(setting => setting.Key, setting => setting.Value) : [];
    }

    /// <summary>What is to be started.</summary>
    public LaunchRequest Request { get; }

    /// <summary>The settings so far.</summary>
    public IReadOnlyList<LaunchSetting> Settings => _settings;

    /// <summary>Every comment, as far as it is known: the figures, what is left out, and what else was said.</summary>
    public IReadOnlyList<string> Comments => [Heading(), .. Request.Figures.Sentences(Request.Serving?.DeviceMemory), .. Refusals(), .. Request.Notes, .. _notes, .. _open.Select(Unwritten)];

    /// <summary>True where somebody asked for a setting.</summary>
    public bool IsSaid(string parameter)
    {
        return _open.ContainsKey(parameter);
    }

    /// <summary>Writes a setting.</summary>
    /// <param name="name">What the target calls it.</param>
    /// <param name="value">Its value; true for a flag without one.</param>
    /// <param name="parameter">The parameter that it comes from.</param>
    public void Write(string name, object value, string parameter)
    {
        _settings.Add(new LaunchSetting(name, value, Reason(parameter, value)));
        _open.Remove(parameter);
    }

    /// <summary>Writes a setting that comes from no single parameter.</summary>
    /// <param name="name">What the target calls it.</param>
    /// <param name="value">Its value.</param>
    /// <param name="reason">Where it comes from.</param>
    public void Add(string name, object value, string reason)
    {
        _settings.Add(new LaunchSetting(name, value, reason));
    }

    /// <summary>Writes a setting where somebody asked for it.</summary>
    public void WriteIfSaid(string name, object? value, string parameter)
    {
        if (value is not null && IsSaid(parameter))
        {
            Write(name, value, parameter);
        }
    }

    /// <summary>Puts a setting where somebody asked for it into the environment of the process.</summary>
    public void Export(string name, object? value, string parameter)
    {
        if (value is not null && IsSaid(parameter))
        {
            _environment.Add(new LaunchSetting(name, value, Reason(parameter, value)));
            _open.Remove(parameter);
        }
    }

    /// <summary>Leaves a setting out that somebody asked for, with the reason.</summary>
    public void LeaveOut(string parameter, string reason)
    {
        if (_open.TryGetValue(parameter, out var value))
        {
            _open.Remove(parameter);
            _notes.Add($"-{parameter} {value}: {reason}");
        }
    }

    /// <summary>Takes a setting as done: another one that is written says it too.</summary>
    public void Pass(string parameter)
    {
        _open.Remove(parameter);
    }

    /// <summary>Says how many devices of a node were taken for granted, where they were.</summary>
    public void NoteAssumed(LaunchLayout layout)
    {
        if (layout.IsAssumed)
        {
            _notes.Add($"{layout.GpusPerNode} GPUs in a node are taken for granted: -GpusPerNode says how many there are.");
        }
    }

    /// <summary>Says something beside.</summary>
    public void Note(string sentence)
    {
        _notes.Add(sentence);
    }

    /// <summary>Ends the draft.</summary>
    /// <param name="format">How the text is to be read.</param>
    /// <param name="write">Writes the text, from comments that hold no line break.</param>
    public LaunchDocument ToDocument(string format, Func<IReadOnlyList<string>, string> write)
    {
        _notes.AddRange(_environment.Select(variable => $"Environment of the server: {variable.Name}={variable.Text}"));
        string[] comments = [.. Comments.Select(Printable.Text)];
        return new LaunchDocument(
            _target,
            Request.Model,
            format,
            new DetailList<LaunchSetting>([.. _settings]),
            new DetailList<LaunchSetting>([.. _environment]),
            new DetailList<string>(comments),
            write(comments));
    }

    private IEnumerable<string> Refusals()
    {
        return Request.Refusal is { } refusal ? [$"{Request.Engine} refuses to start: {refusal}"] : [];
    }

    private string Heading()
    {
        var subject = Request.Model ?? "A parameter count";
        var engine = Request.Engine is null ? string.Empty : $" by {Request.Engine} {Request.EngineVersion}".TrimEnd();
        return $"{_target}: {subject} in {Request.DataType}, {Request.Mode}{engine}, {Request.GpuCount} GPU(s).";
    }

    private string Unwritten(KeyValuePair<string, string> setting)
    {
        return setting.Key switch
        {
            nameof(InferenceWorkload.Concurrency) or nameof(InferenceWorkload.PromptLength) or nameof(InferenceWorkload.OutputLength)
                or nameof(InferenceWorkload.SharedPrefixLength) => $"-{setting.Key} {setting.Value}: what clients ask for, no setting of {_target}.",
            nameof(InferenceWorkload.KvCacheType) or nameof(InferenceWorkload.ValueCacheType) =>
                $"-{setting.Key} {setting.Value}: {_target} has no cache of that type, or none for it alone.",
            _ => $"-{setting.Key} {setting.Value}: {_target} has no such setting.",
        };
    }

    // What nobody asked for was written because the target would do something else by itself. Several values of one
    // parameter are several settings.
    private string Reason(string parameter, object value)
    {
        var isSaid = _open.ContainsKey(parameter) || _settings.Exists(setting => setting.Reason.StartsWith("-" + parameter, StringComparison.Ordinal));
        var words = value is long and >= 1024 and var tokens ? $"-{parameter} {TokenCount.Format(tokens)}" : $"-{parameter}";
        return isSaid ? words : $"the estimate's default of -{parameter}";
    }
}
