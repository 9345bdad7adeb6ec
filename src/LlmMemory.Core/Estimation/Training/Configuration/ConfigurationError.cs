using System;
using LlmMemory.Errors;

namespace LlmMemory.Estimation.Training.Configuration;

/// <summary>The errors of configuration files.</summary>
internal static class ConfigurationError
{
    private const string Good = "Give a configuration such as ./qlora.yml or ./ds_config.json.";

    /// <summary>A file is not there.</summary>
    public static LlmMemoryException NotFound(string path, Exception cause)
    {
        return new LlmMemoryException(ErrorIds.TrainingConfigNotFound, path, $"'{path}' is not there. {Good}", cause);
    }

    /// <summary>The system does not hand a file out.</summary>
    public static LlmMemoryException Unreadable(string path, Exception cause)
    {
        return new LlmMemoryException(
            ErrorIds.TrainingConfigUnreadable,
            path,
            $"'{path}' cannot be read: {cause.Message} Give a file that is not locked and that you may read, such as ./qlora.yml.",
            cause);
    }

    /// <summary>A file is longer than any of its kind.</summary>
    public static LlmMemoryException TooLarge(string path, long length)
    {
        return new LlmMemoryException(
            ErrorIds.TrainingConfigInvalid,
            path,
            $"'{path}' has {length} bytes; no configuration has more than {ConfigurationFile.MaxBytes}, so it is none. {Good}");
    }

    /// <summary>A file is no YAML or JSON, or uses a part of YAML that is not read.</summary>
    public static LlmMemoryException Invalid(string path, int offset, int line, string reason, Exception? cause = null)
    {
        return new LlmMemoryException(
            ErrorIds.TrainingConfigInvalid,
            path,
            $"'{path}' cannot be read as YAML or JSON: in line {line}, at byte {offset}, {reason}. Write settings as 'key: value'; "
            + "docs/training.md says which part of YAML is read.",
            cause)
        {
            Offset = offset,
        };
    }

    /// <summary>No framework's keys are in a file.</summary>
    public static LlmMemoryException Unknown(string path, string kinds)
    {
        return new LlmMemoryException(
            ErrorIds.TrainingConfigUnknown, path, $"'{path}' is no configuration of a known kind. Known are {kinds}. {Good}");
    }

    /// <summary>Two files, or two keys of one, say different things of one setting.</summary>
    public static LlmMemoryException Contradiction(string setting, ConfigurationValue value, ConfigurationValue other)
    {
        return new LlmMemoryException(
            ErrorIds.TrainingConfigContradictory,
            value.Text,
            $"{value.Place} says {Quoted.Value(value.Text)} where {other.Place} says {Quoted.Value(other.Text)}: "
            + $"{setting} of one run is one value. Give the files of one run, in which both say {Quoted.Value(other.Text)}.")
        {
            Offset = value.Offset,
        };
    }

    /// <summary>A value makes no sense for its key.</summary>
    public static LlmMemoryException Setting(ConfigurationValue value, string problem, string good, Exception? cause = null)
    {
        return new LlmMemoryException(
            ErrorIds.TrainingConfigSettingInvalid,
            value.Text,
            $"{value.Place} is {Quoted.Value(value.Text)}, which is {problem}. Write {value.Key.Substring(value.Key.LastIndexOf('.') + 1)}: {good}.",
            cause)
        {
            Offset = value.Offset,
        };
    }
}
