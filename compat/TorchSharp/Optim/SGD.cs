namespace TorchSharp.Modules;

/// <summary>Gradient descent with optional momentum.</summary>
public class SGD : OptimizerHelper, torch.optim.IMomentum
{
    public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
    {
        if (lr < 0 || momentum < 0 || weight_decay < 0)
            throw new ArgumentException($"Invalid learning rate, momentum or weight_decay: {lr}, {momentum}, {weight_decay}");
        if (nesterov && (momentum <= 0 || dampening != 0))
            throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
        _defaults = new Options { LearningRate = lr, InitialLearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize };
        foreach (var group in parameters)
            add_param_group(group);
    }

    public double Momentum
    {
        get => ((Options)_defaults).momentum!.Value;
        set
        {
            ((Options)_defaults).momentum = value;
            foreach (var group in _parameter_groups)
                ((ParamGroup)group).Momentum = value;
        }
    }

    public override torch.Tensor step(Func<torch.Tensor>? closure = null) => _step<ParamGroup>(
        group =>
        {
            var options = group.Options;
            foreach (var parameter in group.Parameters)
            {
                if (parameter.grad is not { } grad)
                    continue;
                if (options.maximize!.Value)
                    grad = grad.neg();
                if (options.weight_decay != 0)
                    grad = grad.add(parameter, options.weight_decay!.Value);
                if (options.momentum != 0)
                    grad = ((State)_state[parameter.Handle]).Accumulate(grad, options);
                parameter.add_(grad, -options.LearningRate!.Value);
            }
        },
        closure);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Release(disposing);
    }

    public override void add_param_group(Modules.ParamGroup param_group)
    {
        var defaults = (Options)_defaults;
        if (param_group.Options is not Options options)
            param_group.Options = options = new Options { LearningRate = param_group.Options.LearningRate };
        options.momentum ??= defaults.momentum;
        options.dampening ??= defaults.dampening;
        options.weight_decay ??= defaults.weight_decay;
        options.nesterov ??= defaults.nesterov;
        options.maximize ??= defaults.maximize;
        Register(param_group, parameter => new State(parameter));
    }

    public class Options : OptimizerOptions
    {
#pragma warning disable CA1051, SA1401 // Fields as in the package that this assembly stands in for.
        public double? momentum;
        public double? dampening;
        public double? weight_decay;
        public bool? nesterov;
        public bool? maximize;
#pragma warning restore CA1051, SA1401

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            momentum = reader.ReadDouble();
            dampening = reader.ReadDouble();
            weight_decay = reader.ReadDouble();
            nesterov = reader.ReadBoolean();
            maximize = reader.ReadBoolean();
        }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (momentum, dampening, weight_decay, nesterov, maximize) = (other.momentum, other.dampening, other.weight_decay, other.nesterov, other.maximize);
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(momentum!.Value);
            writer.Write(dampening!.Value);
            writer.Write(weight_decay!.Value);
            writer.Write(nesterov!.Value);
            writer.Write(maximize!.Value);
        }
    }

    public class ParamGroup : ParamGroup<Options>, torch.optim.IMomentum
    {
        public ParamGroup() => Options = new Options();

        public ParamGroup(IEnumerable<Parameter> parameters, Options options)
            : base(parameters, options)
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : base(parameters, new Options { LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize })
        {
        }

        public double Momentum
        {
            get => Options.momentum!.Value;
            set => Options.momentum = value;
        }
    }

    public sealed class State(Parameter parameter) : OptimizerState(parameter), IDisposable
    {
#pragma warning disable CA1051, SA1401 // A field as in the package that this assembly stands in for.
        public torch.Tensor? momentum_buffer;
#pragma warning restore CA1051, SA1401

        public void Dispose() => momentum_buffer?.Dispose();

        public override void to(torch.Device device) => Replace(ref momentum_buffer, momentum_buffer?.to(device));

        public override void LoadStateDict(BinaryReader reader) => LoadConditionalStateTensor(reader, ref momentum_buffer!, _parameter.device);

        public override void SaveStateDict(BinaryWriter writer) => SaveConditionalStateTensor(writer, momentum_buffer!);

        public override void LoadStateDict(OptimizerState source) => Replace(ref momentum_buffer, Copy(((State)source).momentum_buffer, _parameter));

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State same && momentum_buffer is null == same.momentum_buffer is null
            && (momentum_buffer is null || momentum_buffer.allclose(same.momentum_buffer!));

        public override void Initialize(OptimizerOptions options) => Replace(ref momentum_buffer, null);

        /// <summary>Takes a gradient into the buffer; returns the direction of the step.</summary>
        internal torch.Tensor Accumulate(torch.Tensor grad, Options options)
        {
            if (momentum_buffer is null)
                Replace(ref momentum_buffer, grad.clone());
            else
                momentum_buffer.mul_(options.momentum!.Value).add_(grad, 1 - options.dampening!.Value);
            return options.nesterov!.Value ? grad.add(momentum_buffer!, options.momentum!.Value) : momentum_buffer!;
        }
    }
}
