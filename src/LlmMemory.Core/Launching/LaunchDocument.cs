using LlmMemory.Naming;

namespace LlmMemory.Launching;

/// <summary>What is typed, saved or handed in to start a model: the text, and its parts.</summary>
public sealed class LaunchDocument
{
    internal LaunchDocument(
        string target, string? model, string format, DetailList<LaunchSetting> settings, DetailList<LaunchSetting> environment, DetailList<string> comments, string text)
    {
        Target = target;
        Model = model;
        Format = format;
        Settings = settings;
        Environment = environment;
        Comments = comments;
        Text = text;
    }

    /// <summary>What it starts, one of <see cref="LaunchTargets"/>.</summary>
    public string Target { get; }

    /// <summary>The model, as the estimate names it; null where it names none.</summary>
    public string? Model { get; }

    /// <summary>How the text is to be read: Bash, PowerShell, JSON, YAML, Modelfile, Python.</summary>
    public string Format { get; }

    /// <summary>The settings, in the order of the text.</summary>
    public DetailList<LaunchSetting> Settings { get; }

    /// <summary>Variables that the process has to find in its environment; most targets have none.</summary>
    public DetailList<LaunchSetting> Environment { get; }

    /// <summary>The figures that led there, and what the target cannot be told.</summary>
    public DetailList<string> Comments { get; }

    /// <summary>The whole text, with line feeds between its lines and none at its end.</summary>
    public string Text { get; }

    /// <summary>The text.</summary>
    public override string ToString()
    {
        return Text;
    }
}
