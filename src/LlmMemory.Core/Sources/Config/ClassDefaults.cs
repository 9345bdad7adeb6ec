using System.Collections.Generic;
using System.Text;

namespace LlmMemory.Sources.Config;

/// <summary>
/// The values that configuration classes have for fields that a nested configuration leaves out. Transformers writes
/// a configuration inside another as its difference from a new object of its class
/// (PretrainedConfig.to_diff_dict, transformers/configuration_utils.py), so what is missing there is known. At the top
/// of a file the fields of the class are written whatever their values, so nothing is filled in there.
/// </summary>
internal sealed class ClassDefaults
{
    private readonly IReadOnlyDictionary<string, string> _jsonByModelType;

    /// <summary>Creates a table.</summary>
    /// <param name="jsonByModelType">The defaults of each model_type, as a configuration that spells them out.</param>
    public ClassDefaults(IReadOnlyDictionary<string, string> jsonByModelType)
    {
        _jsonByModelType = jsonByModelType;
    }

    /// <summary>A nested configuration with its class's defaults; as it is where the class is not in the table.</summary>
    /// <param name="nested">The configuration.</param>
    /// <param name="modelType">The model_type that names its class.</param>
    public ModelConfig Complete(ModelConfig nested, string modelType)
    {
        return Find(modelType) is { } defaults ? nested.WithDefaults(defaults) : nested;
    }

    /// <summary>True where the table has the class.</summary>
    /// <param name="modelType">The model_type that names the class.</param>
    public bool Has(string modelType)
    {
        return _jsonByModelType.ContainsKey(modelType.ToLowerInvariant());
    }

    /// <summary>The defaults of a class by themselves; null where the class is not in the table.</summary>
    /// <param name="modelType">The model_type that names the class.</param>
    public ModelConfig? Find(string modelType)
    {
        return _jsonByModelType.TryGetValue(modelType.ToLowerInvariant(), out var json)
            ? ModelConfig.Parse(Encoding.UTF8.GetBytes(json), modelType)
            : null;
    }
}
