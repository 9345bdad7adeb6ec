using System.Linq;
using LlmMemory.Naming;

namespace LlmMemory.Sources.Calibrations;

/// <summary>What one log says beside the estimate of the run that wrote it.</summary>
public sealed class CalibrationLog
{
    internal CalibrationLog(string name, string model, int tensorParallel, int pipelineParallel, CalibrationFigure[] figures)
    {
        Name = name;
        Model = model;
        TensorParallel = tensorParallel;
        PipelineParallel = pipelineParallel;
        Figures = new DetailList<CalibrationFigure>(figures);
    }

    /// <summary>The log's name, without its folder.</summary>
    public string Name { get; }

    /// <summary>The model that was estimated.</summary>
    public string Model { get; }

    /// <summary>The ranks that each layer was split over.</summary>
    public int TensorParallel { get; }

    /// <summary>The stages that the layers were spread over.</summary>
    public int PipelineParallel { get; }

    /// <summary>The components that the log reports; of several ranks the fullest one.</summary>
    public DetailList<CalibrationFigure> Figures { get; }

    /// <summary>The figure of a component; null where the log does not print it.</summary>
    internal CalibrationFigure? Find(string component)
    {
        return Figures.FirstOrDefault(figure => figure.Name == component);
    }

    /// <summary>True for the same log of the same run.</summary>
    internal bool IsSame(CalibrationLog other)
    {
        return Name == other.Name
            && Model == other.Model
            && TensorParallel == other.TensorParallel
            && PipelineParallel == other.PipelineParallel
            && Figures.Count == other.Figures.Count
            && Figures.Zip(other.Figures, (left, right) => left.IsSame(right)).All(same => same);
    }

    /// <summary>Log and model in one line.</summary>
    public override string ToString()
    {
        return $"{Name} ({Model})";
    }
}
